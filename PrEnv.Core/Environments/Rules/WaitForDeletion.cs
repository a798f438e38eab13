namespace PrEnv.Core.Environments.Rules;

/// <summary>The release of an open pull request is being deleted: a new one is created once the old one is gone.</summary>
internal sealed class WaitForDeletion : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        (input.Current ?? input.Occupant) is { Metadata.DeletionTimestamp: not null } going ? new EnvironmentState.Leaving(going) : null;
}
