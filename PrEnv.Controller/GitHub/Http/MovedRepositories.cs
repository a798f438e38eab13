using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// Repositories that have been renamed, so that their redirect, which counts against the rate limit, need not be
/// requested every time. Forgotten after an hour: a new repository may have been given the old name.
/// See https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects.
/// </summary>
internal sealed partial class MovedRepositories(Uri apiUrl, TimeProvider timeProvider)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (Uri Now, DateTimeOffset Until)> _moved = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where that repository is now, with a trailing slash; null when it has not moved.</summary>
    public Uri? Find(Uri repository) =>
        _moved.TryGetValue(repository.AbsoluteUri, out var moved) && moved.Until > timeProvider.GetUtcNow() ? moved.Now : null;

    /// <summary>The current address of what was at that address.</summary>
    public Uri Resolve(Uri asked) =>
        Split(asked) is var (repository, rest) && Find(repository) is { } now ? new Uri(now, rest) : asked;

    /// <summary>Can a redirect be followed, because it leads to a repository of the same API?</summary>
    public bool IsRepository(Uri target) => Split(target) is not null;

    /// <summary>What was asked for has moved for good.</summary>
    public void Learn(Uri asked, Uri target)
    {
        if (Split(asked) is var (before, rest) && Split(target) is var (now, same) && rest == same)
            _moved[before.AbsoluteUri] = (now, timeProvider.GetUtcNow() + Remembered);
    }

    public void Forget(Uri asked)
    {
        if (Split(asked) is var (repository, _))
            _moved.TryRemove(repository.AbsoluteUri, out _);
    }

    private (Uri Repository, string Below)? Split(Uri uri)
    {
        if (!HostAndPort.IsSameOrigin(uri, apiUrl) || !uri.AbsolutePath.StartsWith(apiUrl.AbsolutePath, StringComparison.Ordinal))
            return null;

        var match = Repository().Match(uri.PathAndQuery[apiUrl.AbsolutePath.Length..]);
        return match.Success ? (new Uri(apiUrl, match.Groups["repository"].Value), match.Groups["rest"].Value) : null;
    }

    [GeneratedRegex(
        "^(?<repository>(repos/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+|repositories/[0-9]+)/)(?<rest>.*)$", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Repository();
}
