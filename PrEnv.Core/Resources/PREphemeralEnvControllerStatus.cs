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
