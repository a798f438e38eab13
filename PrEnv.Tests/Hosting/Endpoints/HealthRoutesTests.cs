using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Hosting.Endpoints;
using PrEnv.Controller.Options;

namespace PrEnv.Tests.Hosting.Endpoints;

[CancelAfter(120_000)]
internal sealed class HealthRoutesTests
{
    [Test]
    public async Task Readyz_SomethingIsNotReady_ListsItWith503(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/readyz", cancellationToken, new Check("caches", true), new Check("leader-election", false));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.ServiceUnavailable, "[+]caches ok\n[-]leader-election not ready\nnot ready\n")));
    }

    [Test]
    public async Task Readyz_AllReady_Is200(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/readyz", cancellationToken, new Check("caches", true));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.OK, "[+]caches ok\nok\n")));
    }

    [Test]
    public async Task Healthz_SomethingIsNotReady_IsStill200(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/healthz", cancellationToken, new Check("caches", false));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.OK, "ok\n")));
    }

    [Test]
    public async Task Healthz_SomethingHasAProblem_SaysItWith503(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/healthz", cancellationToken, new Vital("other", null), new Vital("leader-election", "Lease a/b is old"));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.ServiceUnavailable, "[-]leader-election Lease a/b is old\nnot healthy\n")));
    }

    private static async Task<(HttpStatusCode, string)> GetAsync(string path, CancellationToken cancellationToken, params object[] checks)
    {
        await using var services = Services();
        var definition = new EndpointDefinition(
            "Health", "health-probe-bind-address", options => options.HealthProbeBindAddress, new HealthRoutes(checks.OfType<IReadinessCheck>(), checks.OfType<ILivenessCheck>()).Map);
        await using var server = new EndpointServer(definition, services);
        await server.StartAsync(cancellationToken);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await client.GetAsync(new Uri(server.Address!, path), cancellationToken);
        var answer = (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        await server.StopAsync(cancellationToken);
        return answer;
    }

    private static ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IOptions<ControllerOptions>>(
            Microsoft.Extensions.Options.Options.Create(new ControllerOptions { HealthProbeBindAddress = BindAddress.Parse("127.0.0.1:0") }))
        .BuildServiceProvider();

    private sealed record Vital(string Name, string? Problem) : ILivenessCheck;

    private sealed record Check(string Name, bool Ready) : IReadinessCheck;
}
