using System.Collections.Immutable;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments.Messages;

/// <summary>The commands that people may write.</summary>
internal static class CommandHelp
{
    private static readonly string[] Approve = ["/prenv approve"];

    private static readonly string[] Sleep = ["/prenv sleep", "/prenv wake"];

    private static readonly string[] Keep = ["/prenv keep 2d"];

    /// <summary>Those that a resource carries out; empty when commands are switched off.</summary>
    public static ImmutableArray<string> Of(EnvironmentSpec spec)
    {
        if (!spec.Commands)
            return [];
        return
        [
            "/prenv rebuild", "/prenv delete",
            .. spec.Forks == ForkPolicy.RequireApproval ? Approve : [],
            .. spec.Sleep is not null ? Sleep : [],
            .. spec.Sleep is not null || spec.Expiry is not null ? Keep : [],
        ];
    }
}
