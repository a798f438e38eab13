namespace PrEnv.Core.Environments.Rules;

/// <summary>
/// The namespace that a new environment needs is not to be had: it belongs to something else, or what is left of the previous environment
/// has to go first.
/// </summary>
internal sealed class WaitForNamespace : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input)
    {
        if (input is not { PullRequest: not null, Current: null, Occupant: null })
            return null;
        if (input.Created.FirstOrDefault(n => n.IsTerminating || n.Metadata.Name != input.NamespaceName) is { } old)
            return new EnvironmentState.NamespaceLeaving(old);
        return NamespaceRefusal.Of(input) is { } refusal ? new EnvironmentState.NamespaceRefused(refusal) : null;
    }
}
