namespace PrEnv.Core.Environments.Rules;

/// <summary>There are as many environments as there may be, and it has none.</summary>
internal sealed class WaitForPlace : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        input.Standing is { Place: { } place } ? new EnvironmentState.Queued(place) : null;
}
