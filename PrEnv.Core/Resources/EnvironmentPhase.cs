using System.Collections.Immutable;

namespace PrEnv.Core.Resources;

/// <summary>Values of <see cref="EnvironmentStatus.Phase"/>.</summary>
public static class EnvironmentPhase
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> All = [Deploying, Ready, Failed, Deleting, Queued, Skipped, Asleep, Expired, Held];

    /// <summary>Being created or updated, or not yet answering.</summary>
    public const string Deploying = "Deploying";

    /// <summary>Serves the head commit.</summary>
    public const string Ready = "Ready";

    /// <summary>Needs a person.</summary>
    public const string Failed = "Failed";

    /// <summary>Being removed.</summary>
    public const string Deleting = "Deleting";

    /// <summary>Waits for a free place.</summary>
    public const string Queued = "Queued";

    /// <summary>Not selected.</summary>
    public const string Skipped = "Skipped";

    /// <summary>Runs with the values for sleeping.</summary>
    public const string Asleep = "Asleep";

    /// <summary>Removed for idleness.</summary>
    public const string Expired = "Expired";

    /// <summary>Not deleted for lack of proof.</summary>
    public const string Held = "Held";
}
