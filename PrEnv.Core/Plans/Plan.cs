using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Plans;

/// <summary>All that is to be done and said. Immutable; carries no clock and no client.</summary>
public sealed record Plan
{
    /// <summary>What is to be done with the resource's finalizer: added before anything else, removed after everything else.</summary>
    public FinalizerChange Finalizer { get; init; }

    /// <summary>A decision for each pull request, by number.</summary>
    public ImmutableArray<EnvironmentDecision> Environments { get; init; } = [];

    /// <summary>How the resource as a whole is, if every action succeeds.</summary>
    public required OverallVerdict Overall { get; init; }

    /// <summary>
    /// What commands have brought about, to be written to the resource before anything else; null when that is as it was.
    /// </summary>
    public CommandEffects? CommandEffects { get; init; }

    /// <summary>New commands that this process should claim; what they want is planned once they are claimed. Oldest first.</summary>
    public ImmutableArray<Command> Claims { get; init; } = [];

    /// <summary>What comes of the commands of the snapshot.</summary>
    public ImmutableArray<CommandAnswer> Answers { get; init; } = [];

    /// <summary>Events on the resource as a whole.</summary>
    public ImmutableArray<PlannedEvent> Events { get; init; } = [];

    /// <summary>How many pull requests are open; null when it is not known.</summary>
    public int? OpenPullRequests { get; init; }

    /// <summary>True when the last status's rows and counts stay: nothing was looked at.</summary>
    public bool KeepsEnvironments { get; init; }

    /// <summary>All writes, in order: deletions first, because they may make room.</summary>
    public IEnumerable<PlannedAction> Actions =>
        Environments.SelectMany(e => e.Actions).OrderBy(a => a is PlannedAction.Apply);

    /// <summary>When to look again even if nothing happens; null: at the interval.</summary>
    public DateTimeOffset? NextLook => Environments.Min(e => e.LookAt);
}

/// <summary>What is to be done with a finalizer.</summary>
public enum FinalizerChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Add it.</summary>
    Add,

    /// <summary>Remove it: the resource may go.</summary>
    Remove,
}

/// <summary>How a resource is: what its conditions and its <c>message</c> say.</summary>
/// <param name="Ready">Status of the condition <c>Ready</c>.</param>
/// <param name="Reason">One of <see cref="Reasons"/>; also the status's <c>message</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Stalled">Will it stay so until a person does something?</param>
/// <param name="Reconciling">Will the controller try again by itself?</param>
public sealed record OverallVerdict(string Ready, string Reason, string Message, bool Stalled = false, bool Reconciling = false)
{
    /// <summary>Tells two causes with one reason apart, so that a new one is news; null: the reason says it all.</summary>
    public string? Cause { get; init; }

    /// <summary>All is well.</summary>
    public static OverallVerdict Well(string message) => new("True", Reasons.Ready, message);
}
