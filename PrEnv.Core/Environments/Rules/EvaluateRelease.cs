namespace PrEnv.Core.Environments.Rules;

/// <summary>The release is as it should be: whether the environment is ready depends on its health.</summary>
internal sealed class EvaluateRelease : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) => input.Current is { } release ? new EnvironmentState.Current(release) : null;
}
