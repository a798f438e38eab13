using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.Leadership;

/// <summary>The name of a process's Lease: one for each shard.</summary>
internal static class LeaseName
{
    private const int HashLength = 10;

    /// <summary>
    /// <c>prenv-controller</c>, and for a shard a dash and the first ten digits of the SHA-256 of its selector's canonical text: the same
    /// selector written in another way leads to the same Lease.
    /// </summary>
    public static string For(LabelSelector? shard) => shard is null
        ? OwnerLabels.Manager
        : $"{OwnerLabels.Manager}-{Fingerprint.Of(shard.ToString(), HashLength)}";
}
