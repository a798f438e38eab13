using System.Collections.Immutable;

namespace PrEnv.Core.Explaining;

/// <summary>What happens next, and when.</summary>
public sealed record NextExplanation
{
    /// <summary>What is to be done in the cluster now, in order; empty: nothing.</summary>
    public ImmutableArray<ActionExplanation> Actions { get; init; } = [];

    /// <summary>When it is checked again even if nothing happens; null: when GitHub is asked next.</summary>
    public DateTimeOffset? CheckAgainAt { get; init; }

    /// <summary>
    /// How many seconds lie between two readings of GitHub's listing; null while it is not read: the resource is suspended, invalid or
    /// being deleted. What a webhook announces is read at once.
    /// </summary>
    public double? PollSeconds { get; init; }
}
