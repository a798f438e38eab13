using System.Net;

namespace PrEnv.Controller.Http;

/// <summary>
/// The proxies that the environment variables <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> and <c>NO_PROXY</c> name, or their lower-case forms,
/// as Go programs understand them, and with them everything else in a cluster. .NET would ignore CIDRs and ports in <c>NO_PROXY</c>, and
/// ask a proxy for this machine. Immutable.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly NoProxyList _exempt;

    public EnvironmentProxy(IReadOnlyDictionary<string, string> variables)
    {
        var (http, https) = (ProxyAddress.Parse(Find(variables, "HTTP_PROXY")), ProxyAddress.Parse(Find(variables, "HTTPS_PROXY")));
        _exempt = NoProxyList.Parse(Find(variables, "NO_PROXY"));
        (_http, _https) = (http is null ? null : ProxyAddress.WithoutUser(http), https is null ? null : ProxyAddress.WithoutUser(https));
        Credentials = new ByProxy(new[] { http, https }.OfType<Uri>().DistinctBy(ProxyAddress.WithoutUser)
            .ToDictionary(ProxyAddress.WithoutUser, ProxyAddress.CredentialsOf));
    }

    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination)
    {
        var proxy = destination.Scheme switch
        {
            "https" or "wss" => _https,
            "http" or "ws" => _http,
            _ => null,
        };
        return proxy is null || _exempt.Exempts(destination) ? null : proxy;
    }

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    private static string? Find(IReadOnlyDictionary<string, string> variables, string name) =>
        variables.GetValueOrDefault(name) is { Length: > 0 } upper ? upper : variables.GetValueOrDefault(name.ToLowerInvariant());

    private sealed class ByProxy(Dictionary<Uri, ICredentials?> all) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            all.FirstOrDefault(p => Uri.Compare(
                p.Key, uri, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0)
                .Value?.GetCredential(uri, authType);
    }
}
