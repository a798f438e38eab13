namespace PrEnv.Controller.GitHub.Access;

/// <summary>
/// Bounds of the GitHub client. The defaults follow
/// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api.
/// </summary>
internal sealed record GitHubClientOptions
{
    /// <summary>Octokit has its own timeout of 100 seconds; ours must end first, so that the cause is known.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(90);

    /// <summary>From sending a request to the last byte of its answer; at most 90 seconds. Waiting for its turn does not count.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a request keeps others with its credential waiting. After that they run concurrently, so that a repository for which GitHub
    /// does not answer delays no other by more.
    /// </summary>
    public TimeSpan LongestTurn { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>All pages of one listing, including waiting for a turn.</summary>
    public TimeSpan ListingTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>All files of one pull request, including waiting for a turn.</summary>
    public TimeSpan FilesTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>All checks of one commit, including waiting for a turn.</summary>
    public TimeSpan ChecksTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Sustained rate of writes per credential. GitHub allows 80 content creations per minute.</summary>
    public int WritesPerMinute { get; init; } = 60;

    /// <summary>Writes per credential that may be sent at once after a quiet period.</summary>
    public int WriteBurst { get; init; } = 30;

    /// <summary>Writes per credential and hour, GitHub's guideline for content creations; null for no limit.</summary>
    public int? WritesPerHour { get; init; } = 500;

    /// <summary>Memory for the bodies that conditional requests confirm; they are kept compressed.</summary>
    public long CacheSizeBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Pages of 100 pull requests in one listing.</summary>
    public int MaxPages { get; init; } = 100;

    /// <summary>Size of one answer, after decompression.</summary>
    public int MaxResponseBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The number of credentials that are remembered; an App counts once for each repository.</summary>
    public int MaxChannels { get; init; } = 1024;

    /// <summary>How long an unused credential is remembered. Longer than the longest rate limit, an hour.</summary>
    public TimeSpan ChannelIdleTime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>These options, if every bound is valid; else throws <see cref="InvalidOperationException"/>.</summary>
    public GitHubClientOptions Validated()
    {
        ReadOnlySpan<long> bounds =
        [
            RequestTimeout.Ticks, LongestTurn.Ticks, ListingTimeout.Ticks, FilesTimeout.Ticks, ChecksTimeout.Ticks,
            ChannelIdleTime.Ticks,
            WritesPerMinute, WriteBurst, WritesPerHour ?? 1, CacheSizeBytes, MaxPages, MaxResponseBytes, MaxChannels,
        ];
        foreach (var bound in bounds)
        {
            if (bound <= 0)
                throw new InvalidOperationException("Every bound of the GitHub client must be positive.");
        }

        return RequestTimeout <= LongestRequest
            ? this
            : throw new InvalidOperationException($"A request to GitHub may take {LongestRequest.TotalSeconds} seconds at most.");
    }
}
