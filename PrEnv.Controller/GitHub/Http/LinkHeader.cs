using System.Text.RegularExpressions;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>The <c>Link</c> header, https://www.rfc-editor.org/rfc/rfc8288#section-3, as far as paging needs it.</summary>
internal static partial class LinkHeader
{
    public const string Name = "Link";

    /// <summary>
    /// The next page on the API's own origin; null when this is the last. Throws <see cref="GitHubFaultException"/> for one that is not a
    /// URL, leads out of the API, or is not the only one.
    /// </summary>
    /// <param name="values">Of the header.</param>
    /// <param name="page">The page that it came with.</param>
    /// <param name="apiUrl">Base of the REST API.</param>
    public static Uri? Next(IEnumerable<string> values, Uri page, Uri apiUrl)
    {
        Uri? next = null;
        foreach (Match link in Links().Matches(string.Join(", ", values)))
        {
            if (!IsNext(link.Groups["parameters"].Value))
                continue;

            if (!Uri.TryCreate(page, link.Groups["target"].Value, out var given))
                throw Refuse("the link to the next page is not a URL");
            var target = OwnOrigin.TakeOver(given, apiUrl) ?? throw Refuse("the link to the next page points to another host");
            if (next is not null && next != target)
                throw Refuse("there are two next pages");
            next = target;
        }

        return next;
    }

    private static bool IsNext(string parameters) =>
        Relation().Match(parameters) is { Success: true } relation
        && relation.Groups["types"].Value.Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase);

    private static GitHubFaultException Refuse(string detail) => new(GitHubFault.Malformed(detail));

    [GeneratedRegex("<(?<target>[^>]*)>(?<parameters>[^<]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Links();

    [GeneratedRegex(
        """;\s*rel\s*=\s*"?(?<types>[^";,]*)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Relation();
}
