using PrEnv.Core.Releases;

namespace PrEnv.Core.Environments.Rules;

/// <summary>The name belongs to another owner, and stays theirs.</summary>
internal sealed class RefuseTakenName : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input)
    {
        if (input is not { PullRequest: not null, Current: null, Occupant: { } occupant })
            return null;
        if (input.Adoptable is not null)
            return null;
        // It lost its labels the moment it was written.
        return input.Snapshot.OverriddenOf(occupant) is { } known && Overrides.BreakIdentity(known.Fields)
            ? new EnvironmentState.Overridden(occupant, [.. known.Fields])
            : new EnvironmentState.Taken(occupant);
    }
}
