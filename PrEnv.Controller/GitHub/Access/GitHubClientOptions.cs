namespace PrEnv.Controller.GitHub.Access;

/// <summary>
/// Bounds of the GitHub client. The defaults follow
/// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api.
/// </summary>
internal sealed record GitHubClientOptions
{
    /// <summary>Octokit gives every request 100 seconds of its own; ours must end first, so that its cause is known.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(90);

    /// <summary>From sending a request to the last byte of its answer; at most 90 seconds. Waiting for one's turn does not count.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a request keeps others of its credential waiting. A slower one goes on beside them, so that a repository that GitHub does
    /// not answer for delays no other by more.
    /// </summary>
    public TimeSpan LongestTurn { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>All pages of one listing, waiting for one's turn included.</summary>
    public TimeSpan ListingTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Lasting rate of writes per credential. GitHub allows 80 content creations per minute.</summary>
    public int WritesPerMinute { get; init; } = 60;

    /// <summary>Writes per credential that may come at once after a quiet time.</summary>
    public int WriteBurst { get; init; } = 30;

    /// <summary>Writes per credential and hour, GitHub's guideline for content creations; null for no such bound.</summary>
    public int? WritesPerHour { get; init; } = 500;

    /// <summary>Memory for the bodies that conditional requests bring back; they are kept compressed.</summary>
    public long CacheSizeBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Pages of 100 pull requests in one listing.</summary>
    public int MaxPages { get; init; } = 100;

    /// <summary>Size of one answer, after decompression.</summary>
    public int MaxResponseBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Credentials that are remembered at a time; an App's count once for each repository.</summary>
    public int MaxChannels { get; init; } = 1024;

    /// <summary>How long an unused credential is remembered. Longer than the longest rate limit, an hour.</summary>
    public TimeSpan ChannelIdleTime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>These options, when every bound makes sense; else throws <see cref="InvalidOperationException"/>.</summary>
    public GitHubClientOptions Validated()
    {
        ReadOnlySpan<long> bounds =
        [
            RequestTimeout.Ticks, LongestTurn.Ticks, ListingTimeout.Ticks, ChannelIdleTime.Ticks,
            WritesPerMinute, WriteBurst, WritesPerHour ?? 1, CacheSizeBytes, MaxPages, MaxResponseBytes, MaxChannels,
        ];
        foreach (var bound in bounds)
        {
            if (bound <= 0) throw new InvalidOperationException("Every bound of the GitHub client must be positive.");
        }

        return RequestTimeout <= LongestRequest
            ? this
            : throw new InvalidOperationException($"A request to GitHub may take {LongestRequest.TotalSeconds} seconds at most.");
    }
}
