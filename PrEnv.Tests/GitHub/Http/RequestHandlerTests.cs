using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;

namespace PrEnv.Tests.GitHub.Http;

/// <summary>The last guard of the token, whoever is above it.</summary>
internal sealed class RequestHandlerTests
{
    [TestCase("https://api.github.example/repos/acme/shop")]
    [TestCase("https://API.github.example:443/other")]
    public async Task SendAsync_SameOrigin_IsSent(string url)
    {
        using var wire = new Wire();

        await SendAsync(wire, url);

        Assert.That(wire.Sent, Is.EqualTo(1));
    }

    [TestCase("http://api.github.example/repos/acme/shop")]
    [TestCase("https://api.github.example:8443/repos/acme/shop")]
    [TestCase("https://evil.example/repos/acme/shop")]
    [TestCase("https://api.github.example@evil.example/")]
    [TestCase("https://api.github.example./repos/acme/shop")]
    [TestCase("https://apı.github.example/repos/acme/shop")]
    public void SendAsync_OtherOrigin_IsNotSent(string url)
    {
        using var wire = new Wire();

        Assert.That(async () => await SendAsync(wire, url), Throws.InstanceOf<GitHubFaultException>());
        Assert.That(wire.Sent, Is.Zero);
    }

    private static async Task SendAsync(Wire wire, string url)
    {
        using var handler = new RequestHandler(new Uri("https://api.github.example/api/v3/"));
        handler.InnerHandler = wire;
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await invoker.SendAsync(request, CancellationToken.None);
    }

    private sealed class Wire : HttpMessageHandler
    {
        public int Sent { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent++;
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
