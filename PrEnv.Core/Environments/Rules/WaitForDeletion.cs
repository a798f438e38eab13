namespace PrEnv.Core.Environments.Rules;

/// <summary>Somebody deleted the release of an open pull request: a new one is made when the old one is gone.</summary>
internal sealed class WaitForDeletion : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        (input.Current ?? input.Occupant) is { Metadata.DeletionTimestamp: not null } going ? new EnvironmentState.Leaving(going) : null;
}
