using PrEnv.Core.Releases;

namespace PrEnv.Core.Environments.Rules;

/// <summary>The name belongs to another owner, and stays theirs.</summary>
internal sealed class RefuseTakenName : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        input is { PullRequest: not null, Current: null, Occupant: { } occupant } && !Ownership.IsAdoptable(occupant, input.Spec.Chart)
            ? new EnvironmentState.Taken(occupant)
            : null;
}
