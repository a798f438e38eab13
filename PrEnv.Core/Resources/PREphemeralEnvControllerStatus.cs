using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary><c>status</c>.</summary>
public sealed record PREphemeralEnvControllerStatus
{
    /// <summary>The most rows that <see cref="Environments"/> has; the counts stay exact.</summary>
    public const int MaxEnvironments = 500;

    /// <summary>The generation that the rest of the status is about.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary><c>Ready</c>, and while they are true <c>Reconciling</c> and <c>Stalled</c>.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    /// <summary>One word: the predecessor's.</summary>
    public string? Message { get; init; }

    /// <summary>Echo of the annotation that asks for a reconcile.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>How many pull requests are open.</summary>
    public int? OpenPullRequests { get; init; }

    /// <summary>How many environments are ready.</summary>
    public int? EnvironmentsReady { get; init; }

    /// <summary>How many environments there are.</summary>
    public int? EnvironmentsTotal { get; init; }

    /// <summary>One row for each open pull request, by number.</summary>
    public IReadOnlyList<EnvironmentStatus>? Environments { get; init; }

    /// <summary>The condition of that type, or null.</summary>
    public Condition? Condition(string type) => Conditions?.FirstOrDefault(c => c.Type == type);
}

/// <summary>One row of <c>status.environments</c>.</summary>
public sealed record EnvironmentStatus
{
    /// <summary>Number of the pull request.</summary>
    public int PrNumber { get; init; }

    /// <summary>The commit that this row is about.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("headSHA")]
    public string? HeadSha { get; init; }

    /// <summary>One of <see cref="EnvironmentPhase"/>.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";

    /// <summary>CamelCase, for machines.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>A sentence that tells a person what to do.</summary>
    public string? Message { get; init; }

    /// <summary><c>namespace/name</c> of the HelmRelease, when there is one.</summary>
    public string? HelmRelease { get; init; }

    /// <summary>Where people find the environment.</summary>
    public string? Url { get; init; }

    /// <summary>Since when it has been in this phase for this commit.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it will be removed for idleness; null when it will not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Values of <see cref="EnvironmentStatus.Phase"/>.</summary>
public static class EnvironmentPhase
{
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

    /// <summary>Removed for idleness.</summary>
    public const string Expired = "Expired";

    /// <summary>Not deleted for lack of proof.</summary>
    public const string Held = "Held";
}
