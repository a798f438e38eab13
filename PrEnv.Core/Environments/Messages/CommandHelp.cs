using System.Collections.Immutable;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments.Messages;

/// <summary>The commands that people may write.</summary>
internal static class CommandHelp
{
    /// <summary>Those that a resource carries out; empty when commands are switched off.</summary>
    public static ImmutableArray<string> Of(EnvironmentSpec spec)
    {
        if (!spec.Commands)
            return [];
        return spec.Forks == ForkPolicy.RequireApproval
            ? ["/prenv rebuild", "/prenv delete", "/prenv approve"]
            : ["/prenv rebuild", "/prenv delete"];
    }
}
