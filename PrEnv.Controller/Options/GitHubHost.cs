using System.Globalization;

namespace PrEnv.Controller.Options;

/// <summary>A host that may see tokens. Immutable.</summary>
/// <param name="Host">Name or address, lower case.</param>
/// <param name="Port">Null for the default port of the URL's scheme.</param>
internal readonly record struct GitHubHost(string Host, int? Port)
{
    /// <summary>The host of a URL.</summary>
    public static GitHubHost Of(Uri url) => new(url.IdnHost.ToLowerInvariant(), url.IsDefaultPort ? null : url.Port);

    /// <summary>Reads <c>host[:port]</c>; an IPv6 address stands in brackets.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static GitHubHost Parse(string text)
    {
        if (!text.Contains("//", StringComparison.Ordinal)
            && Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var url)
            && url is { AbsolutePath: "/", UserInfo: "", Query: "", Fragment: "" }
            && Uri.CheckHostName(url.IdnHost) is not UriHostNameType.Unknown and not UriHostNameType.Basic)
        {
            return Of(url);
        }

        throw new FormatException(
            $"{OptionParsers.Quote(text)} is not host[:port]; write it without scheme, path and user, such as github.example.com");
    }

    /// <summary>Is this the URL's host and port?</summary>
    public bool Matches(Uri url) => Of(url) == this;

    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : host;
    }
}
