using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Plans;

/// <summary>Everything that is to be done and reported. Immutable; carries no clock and no client.</summary>
public sealed record Plan
{
    /// <summary>What is to be done with the resource's finalizer: added before anything else, removed after everything else.</summary>
    public FinalizerChange Finalizer { get; init; }

    /// <summary>A decision for each pull request, by number.</summary>
    public ImmutableArray<EnvironmentDecision> Environments { get; init; } = [];

    /// <summary>The condition of the resource as a whole, if every action succeeds.</summary>
    public required OverallVerdict Overall { get; init; }

    /// <summary>
    /// What commands have brought about, to be written to the resource before anything else; null if nothing has changed.
    /// </summary>
    public CommandEffects? CommandEffects { get; init; }

    /// <summary>New commands that this process should claim; what they ask for is planned once they are claimed. Oldest first.</summary>
    public ImmutableArray<Command> Claims { get; init; } = [];

    /// <summary>The outcome of the snapshot's commands.</summary>
    public ImmutableArray<CommandAnswer> Answers { get; init; } = [];

    /// <summary>Events on the resource as a whole.</summary>
    public ImmutableArray<PlannedEvent> Events { get; init; } = [];

    /// <summary>How many pull requests are open; null when it is not known.</summary>
    public int? OpenPullRequests { get; init; }

    /// <summary>True when the last status's rows and counts stay: nothing was checked.</summary>
    public bool KeepsEnvironments { get; init; }

    /// <summary>All writes, in order: deletions first, because they may free resources.</summary>
    public IEnumerable<PlannedAction> Actions => Environments.SelectMany(e => e.Actions).OrderBy(a => a.Step);

    /// <summary>
    /// Is <see cref="PREphemeralEnvController.NamespacesAnnotation"/> to be written before anything is created, so that the namespaces are
    /// found again?
    /// </summary>
    public bool NotesNamespaces { get; init; }

    /// <summary>The health check URLs of its environments; null: as they were.</summary>
    public ImmutableArray<UrlClaim>? HealthUrls { get; init; }

    /// <summary>When to check again for the resource as a whole; null: for no reason of its own.</summary>
    public DateTimeOffset? CheckAgainAt { get; init; }

    /// <summary>When to check again even if nothing happens; null: at the interval.</summary>
    public DateTimeOffset? NextCheck => Environments.Select(e => e.CheckAgainAt).Append(CheckAgainAt).Min();
}

/// <summary>What is to be done with a finalizer.</summary>
public enum FinalizerChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Add it.</summary>
    Add,

    /// <summary>Remove it, so that the resource can be deleted.</summary>
    Remove,
}

/// <summary>The condition of a resource: what its conditions and its <c>message</c> say.</summary>
/// <param name="Ready">Status of the condition <c>Ready</c>.</param>
/// <param name="Reason">One of <see cref="Reasons"/>; also the status's <c>message</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Stalled">Will it stay that way until a person intervenes?</param>
/// <param name="Reconciling">Will the controller try again by itself?</param>
public sealed record OverallVerdict(string Ready, string Reason, string Message, bool Stalled = false, bool Reconciling = false)
{
    /// <summary>Distinguishes causes with the same reason, so that a new cause is news; null if the reason alone says everything.</summary>
    public string? Cause { get; init; }

    /// <summary>All is well.</summary>
    public static OverallVerdict Well(string message) => new("True", Reasons.Ready, message);
}
