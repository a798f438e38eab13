using System.Collections.Frozen;
using System.Text;

namespace PrEnv.Controller.Probing;

/// <summary>Checks the headers that a Secret adds to a probe: pure. No message contains a value.</summary>
internal static class ProbeHeaders
{
    private const int MaxHeaders = 32;

    // What most servers take of a whole request is 8 to 16 KiB.
    private const int MaxCharacters = 8 * 1024;

    // Those that belong to the connection, not to the request: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1. And Host, which says
    // who is asked.
    private static readonly FrozenSet<string> Forbidden = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host", "Connection", "Expect", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade");

    /// <summary>Null if all may be sent; otherwise a clause that follows the Secret's name.</summary>
    /// <param name="headers">By name.</param>
    public static string? ProblemOf(IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count == 0)
            return "has no keys: add one for each header";
        if (headers.Count > MaxHeaders)
            return $"has {headers.Count} keys, more than the {MaxHeaders} headers that a health check sends";
        if (headers.Sum(header => header.Key.Length + header.Value.Length) > MaxCharacters)
            return $"has headers of more than {MaxCharacters / 1024} KiB";
        if (headers.Keys.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return $"has the header {Name(twice.Key)} more than once: upper and lower case do not matter";
        using var trial = new HttpRequestMessage();
        foreach (var (name, value) in headers)
        {
            if (Forbidden.Contains(name))
                return $"has the key {Name(name)}, a header that health checks set themselves: remove it";
            if (!Ascii.IsValid(value) || value.Any(char.IsControl))
                return $"has a value for {Name(name)} that is not a header's: only printable ASCII on one line is";
            // Among others those that describe a body, which a GET does not have.
            if (!trial.Headers.TryAddWithoutValidation(name, value))
                return $"has the key {Name(name)}, which is not the name of a request header";
        }

        return null;
    }

    private static string Name(string name) => $"\"{(name.Length > 60 ? name[..60] + "…" : name)}\"";
}
