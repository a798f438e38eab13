using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PrEnv.Core.Objects;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Options;

/// <summary>
/// From a user's text to a value. A <see cref="FormatException"/> says what is wrong and what to write, for one line of output.
/// </summary>
internal static partial class OptionParsers
{
    private const int LongestQuote = 80;

    /// <summary>A user's text for use in a message: short, and harmless on a terminal.</summary>
    public static string Quote(string text)
    {
        var shown = text.Length > LongestQuote ? string.Concat(text.AsSpan(0, LongestQuote), "…") : text;
        return $"'{string.Concat(shown.Select(character => char.IsControl(character) ? '?' : character))}'";
    }

    /// <summary>The parts between commas, without blanks and empty ones.</summary>
    public static string[] List(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Null when the text is empty.</summary>
    public static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text;

    public static bool Switch(string text) =>
        bool.TryParse(text, out var value) ? value : throw new FormatException($"{Quote(text)} is neither true nor false");

    public static int WholeNumber(string text, int from, int to) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to
            ? value
            : throw new FormatException($"{Quote(text)} is not a whole number from {from} to {to}");

    /// <summary>A positive duration in Go's notation.</summary>
    public static TimeSpan Duration(string text) =>
        GoDuration.TryParse(text, out var value) && value > TimeSpan.Zero
            ? value
            : throw new FormatException($"{Quote(text)} is not a duration; write 15s or 1m30s");

    /// <summary>Null, which selects everything, when the text is empty.</summary>
    public static LabelSelector? Selector(string text)
    {
        try
        {
            return Text(text) is { } written ? LabelSelector.Parse(written) : null;
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{Quote(text)} is not a valid label selector: {problem.Message}", problem);
        }
    }

    /// <summary>A Kubernetes object's name.</summary>
    public static string? ObjectName(string text) =>
        Text(text) is not { } name || (name.Length <= 253 && Dns1123Subdomain().IsMatch(name))
            ? Text(text)
            : throw new FormatException(
                $"{Quote(text)} is not the name of a Kubernetes object; use lower-case letters, digits, '-' and '.'");

    /// <summary>Names of namespaces, each once; none when the text is empty.</summary>
    public static ImmutableArray<string> Namespaces(string text)
    {
        var names = List(text);
        if (names.FirstOrDefault(name => name.Length > 63 || name.Contains('.') || !Dns1123Subdomain().IsMatch(name)) is { } wrong)
            throw new FormatException($"{Quote(wrong)} is not the name of a namespace; use lower-case letters, digits and '-'");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } repeated)
            throw new FormatException($"{Quote(repeated.Key)} is listed more than once");
        return names.Length > 0 || text.Length == 0 ? [.. names] : throw new FormatException($"{Quote(text)} names no namespace");
    }

    public static LogLevel Level(string text) => text.ToLowerInvariant() switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" or "information" => LogLevel.Information,
        "warn" or "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw new FormatException($"{Quote(text)} is not a log level; use trace, debug, info, warn or error"),
    };

    public static LogFormat? Format(string text) => text.ToLowerInvariant() switch
    {
        "" => null,
        "json" => LogFormat.Json,
        "text" => LogFormat.Text,
        _ => throw new FormatException($"{Quote(text)} is not a log format; use json or text"),
    };

    /// <summary>
    /// The base of a REST API, with a trailing slash. Plain http would expose tokens on the network, so it is limited to this machine.
    /// </summary>
    public static Uri GitHubApiUrl(string text)
    {
        // Not quoted where it may contain a password.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            throw new FormatException(
                "this is not a URL; write https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server");
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw new FormatException(
                "the URL must have no user, query or fragment; tokens belong in a Secret that the resource references");
        }

        if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        {
            throw new FormatException(
                $"{Quote(text)} would expose tokens on the network; use https (plain http is accepted for a loopback host only)");
        }

        return url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }

    /// <summary>The URL of a proxy, which may have a user and a password; null when the text is empty.</summary>
    public static Uri? Proxy(string text)
    {
        if (Text(text) is not { } written)
            return null;
        // Not quoted: it may contain a password.
        return Uri.TryCreate(written, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0
            && url is { PathAndQuery: "/", Fragment: "" }
                ? url
                : throw new FormatException(
                    "this is not the URL of a proxy; write http://host:port or https://user:password@host:port, with %XX for special "
                    + "characters in the user and the password");
    }

    /// <summary>The URL of a proxy as a log may show it.</summary>
    public static string WithoutUser(string text) =>
        Proxy(text) is { } proxy ? proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : "";

    /// <summary>A host, with a port where it is not the default one.</summary>
    public static HostAndPort Host(string text) =>
        HostAndPort.TryParse(text, out var host)
            ? host
            : throw new FormatException(
                $"{Quote(text)} is not host[:port]; write it without scheme, path and user, such as github.example.com");

    [GeneratedRegex(
        "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Dns1123Subdomain();
}
