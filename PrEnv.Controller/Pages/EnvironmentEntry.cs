namespace PrEnv.Controller.Pages;

/// <summary>
/// One environment, or a pull request that has none, as the page and its JSON show it. Texts of others are cleaned, and addresses lead
/// to http or https.
/// </summary>
internal sealed record EnvironmentEntry
{
    /// <summary>Namespace of the resource.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string Resource { get; init; }

    /// <summary>Owner and name of the repository; null if the resource does not say.</summary>
    public string? Repository { get; init; }

    /// <summary>Number of the pull request.</summary>
    public required int Number { get; init; }

    /// <summary>Its page on GitHub; null if it is not known.</summary>
    public string? PullRequestUrl { get; init; }

    /// <summary>Null on an instance that is not the leader, as GitHub alone has it.</summary>
    public string? Title { get; init; }

    /// <summary>Head branch; null if it is not known.</summary>
    public string? Branch { get; init; }

    /// <summary>Login of the author; null if it is not known.</summary>
    public string? Author { get; init; }

    /// <summary>The commit that the phase is about; null if it is not known.</summary>
    public string? Commit { get; init; }

    /// <summary>One of <see cref="Core.Resources.EnvironmentPhase"/>.</summary>
    public required string Phase { get; init; }

    /// <summary>One of <see cref="Core.Resources.Reasons"/>, or Flux's own.</summary>
    public string? Reason { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Message { get; init; }

    /// <summary>Since when it has been in this phase; null if it is not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it will be removed for idleness; null if it will not, or that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Where people find the environment; null if it has no address.</summary>
    public string? Url { get; init; }

    /// <summary><c>namespace/name</c> of the HelmRelease; null if there is none.</summary>
    public string? HelmRelease { get; init; }
}
