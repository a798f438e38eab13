namespace PrEnv.Core.Environments.Rules;

/// <summary>Nothing has happened on it for too long. The complete listing is the proof: it shows the pull request as it was then.</summary>
internal sealed class DeleteExpired : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        input is { IsExpired: true, Spec.Expiry: { } expiry }
            ? new EnvironmentState.Expired(expiry.IdleTimeout)
            : null;
}
