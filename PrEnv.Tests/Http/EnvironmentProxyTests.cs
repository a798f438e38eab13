using System.Net;
using System.Text;
using PrEnv.Controller.Http;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Http;

/// <summary>The rules are those of https://pkg.go.dev/golang.org/x/net/http/httpproxy.</summary>
[TestFixture]
internal sealed class EnvironmentProxyTests
{
    private const string Proxy = "http://proxy.test:3128";

    [TestCase("", "https://example.com", true)]
    [TestCase("example.com", "https://example.com", false)]
    [TestCase("example.com", "https://www.example.com", false)]
    [TestCase("example.com", "https://EXAMPLE.com", false)]
    [TestCase("EXAMPLE.com", "https://example.com", false)]
    [TestCase("example.com", "https://notexample.com", true)]
    [TestCase("example.com", "https://example.com.evil.test", true)]
    [TestCase(".example.com", "https://example.com", true)]
    [TestCase(".example.com", "https://a.b.example.com", false)]
    [TestCase("*.example.com", "https://www.example.com", false)]
    [TestCase("*.example.com", "https://example.com", true)]
    [TestCase("*", "https://example.com", false)]
    [TestCase("other.test, *", "https://10.0.0.1", false)]
    [TestCase("other.test , example.com ", "https://example.com", false)]
    [TestCase("example.com:443", "https://example.com", false)]
    [TestCase("example.com:443", "https://example.com:8443", true)]
    [TestCase("example.com:8443", "https://www.example.com:8443", false)]
    [TestCase("example.com:80", "http://example.com", false)]
    [TestCase(".example.com:8443", "https://example.com:8443", true)]
    [TestCase("example.com:nonsense", "https://example.com", true)]
    [TestCase("10.0.0.1", "https://10.0.0.1:6443", false)]
    [TestCase("10.0.0.1:6443", "https://10.0.0.1:6443", false)]
    [TestCase("10.0.0.1:6443", "https://10.0.0.1", true)]
    [TestCase("10.0.0.1", "https://10.0.0.10", true)]
    [TestCase("10.0.0.0/8", "https://10.96.0.1", false)]
    [TestCase("10.1.2.3/8", "https://10.96.0.1", false)]
    [TestCase("10.96.0.0/12", "https://10.112.0.1", true)]
    [TestCase("10.0.0.0/33", "https://10.0.0.1", true)]
    [TestCase("0.0.0.0/0", "https://10.96.0.1", false)]
    [TestCase("0.0.0.0/0", "https://example.com", true)]
    [TestCase("fd00::/8", "https://[fd12::1]:6443", false)]
    [TestCase("fd00::/8", "https://[fe80::1]", true)]
    [TestCase("fd12::1", "https://[fd12::1]:6443", false)]
    [TestCase("[fd12::1]", "https://[fd12::1]:6443", false)]
    [TestCase("[fd12::1]:6443", "https://[fd12::1]:6443", false)]
    [TestCase("[fd12::1]:6443", "https://[fd12::1]", true)]
    [TestCase("::ffff:10.0.0.1", "https://10.0.0.1", false)]
    [TestCase("10", "https://10.0.0.1", true)]
    [TestCase("bücher.example", "https://xn--bcher-kva.example", false)]
    [TestCase("xn--bcher-kva.example", "https://bücher.example", false)]
    [TestCase(",,:, .,:80", "https://example.com", true)]
    [TestCase("", "https://localhost:6443", false)]
    [TestCase("", "https://127.0.0.1:6443", false)]
    [TestCase("", "https://127.8.9.10", false)]
    [TestCase("", "https://[::1]:6443", false)]
    [TestCase("", "https://localhost.example.com", true)]
    public void GetProxy_OfAnAddress_IsWhatGoProgramsUse(string noProxy, string url, bool isProxied)
    {
        var proxy = Of(("HTTPS_PROXY", Proxy), ("HTTP_PROXY", Proxy), ("NO_PROXY", noProxy));

        Assert.That(proxy.GetProxy(new Uri(url)), Is.EqualTo(isProxied ? new Uri(Proxy) : null));
        Assert.That(proxy.IsBypassed(new Uri(url)), Is.EqualTo(!isProxied));
    }

    [Test]
    public void GetProxy_OfAScheme_IsItsOwn()
    {
        var proxy = Of(("HTTPS_PROXY", "https://secure.test"), ("http_proxy", "plain.test:8080"), ("ALL_PROXY", "http://all.test"));

        Assert.That(proxy.GetProxy(new Uri("https://example.com")), Is.EqualTo(new Uri("https://secure.test")));
        Assert.That(proxy.GetProxy(new Uri("http://example.com")), Is.EqualTo(new Uri("http://plain.test:8080")));
        Assert.That(Of(("ALL_PROXY", "http://all.test")).GetProxy(new Uri("https://example.com")), Is.Null);
    }

    [Test]
    public void GetProxy_BothSpellings_TheUpperCaseOneWins()
    {
        Assert.That(
            Of(("HTTPS_PROXY", "http://upper.test"), ("https_proxy", "http://lower.test")).GetProxy(new Uri("https://example.com")),
            Is.EqualTo(new Uri("http://upper.test")));
        Assert.That(
            Of(("HTTPS_PROXY", ""), ("https_proxy", "http://lower.test"), ("no_proxy", "10.0.0.0/8"))
                .GetProxy(new Uri("https://10.0.0.1")),
            Is.Null);
    }

    [TestCase("ftp://proxy.test")]
    [TestCase("http://")]
    [TestCase("http://proxy.test:port")]
    [TestCase(" ")]
    public void GetProxy_AddressIsNotValid_IsNone(string address) =>
        Assert.That(Of(("HTTPS_PROXY", address)).GetProxy(new Uri("https://example.com")), Is.Null);

    [TestCase("socks5://proxy.test:1080", "socks5://proxy.test:1080")]
    [TestCase("socks5h://proxy.test:1080", "socks5://proxy.test:1080")]
    [TestCase("http://us%65r:p%40ss@proxy.test:3128", "http://proxy.test:3128")]
    public void GetProxy_OfAnAddress_IsWithoutSecrets(string address, string expected) =>
        Assert.That(Of(("HTTPS_PROXY", address)).GetProxy(new Uri("https://example.com")), Is.EqualTo(new Uri(expected)));

    [Test]
    public async Task Proxy_WantsAPassword_GetsItAndNobodyElseDoes()
    {
        var seen = new List<string>();
        await using var server = await LocalServer.StartAsync(context =>
        {
            var authorization = context.Request.Headers.ProxyAuthorization.ToString();
            seen.Add(authorization);
            context.Response.StatusCode = authorization.Length > 0 ? 200 : 407;
            context.Response.Headers.ProxyAuthenticate = "Basic realm=\"proxy\"";
            return Task.CompletedTask;
        });
        var proxy = Of(("HTTP_PROXY", $"http://user:p%40ss@127.0.0.1:{server.Port}"));
        using var handler = new SocketsHttpHandler { Proxy = proxy };
        using var client = new HttpClient(handler);

        using var answer = await client.GetAsync(new Uri("http://example.test/"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(seen[^1], Is.EqualTo("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:p@ss"))));
        Assert.That(proxy.Credentials!.GetCredential(new Uri("http://other.test/"), "Basic"), Is.Null);
    }

    private static EnvironmentProxy Of(params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal));
}
