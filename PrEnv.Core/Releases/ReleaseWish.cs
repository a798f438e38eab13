using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>What the release of a pull request is made from.</summary>
public sealed record ReleaseWish
{
    /// <summary>The owner.</summary>
    public required PREphemeralEnvController Resource { get; init; }

    /// <summary>Of the owner's spec.</summary>
    public required ReleaseTemplate Template { get; init; }

    /// <summary>
    /// The pull request at the commit to install. Its texts must be known if <see cref="ReleaseTemplate.UsesText"/>; otherwise number and
    /// commit suffice.
    /// </summary>
    public required PullRequest PullRequest { get; init; }

    /// <summary>Its page; null when it is not known.</summary>
    public string? PageUrl { get; init; }

    /// <summary>The link to the environment; null when there is none.</summary>
    public string? PreviewUrl { get; init; }

    /// <summary>Does the release have to record that this commit of a fork was approved?</summary>
    public bool IsApproved { get; init; }

    /// <summary>What the release is to record of the activity on the pull request; null: nothing.</summary>
    public Activity? Activity { get; init; }

    /// <summary>Since when the environment has been asleep; null: it is awake. The template is that of the same state.</summary>
    public DateTimeOffset? AsleepSince { get; init; }
}
