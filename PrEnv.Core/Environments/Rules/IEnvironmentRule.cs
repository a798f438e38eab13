using PrEnv.Core.Plans;

namespace PrEnv.Core.Environments.Rules;

/// <summary>One rule of planning. The first that has something to say decides. Pure.</summary>
internal interface IEnvironmentRule
{
    EnvironmentDecision? Decide(EnvironmentInput input);
}
