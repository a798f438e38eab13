namespace PrEnv.Core.Environments.Rules;

/// <summary>One rule of planning. The first that recognises a state decides. Pure.</summary>
internal interface IEnvironmentRule
{
    /// <summary>The state that this rule is for; null when the pull request is not in it.</summary>
    EnvironmentState? Find(EnvironmentInput input);
}
