using System.Runtime.InteropServices;

namespace PrEnv.Sandbox.Flux;

/// <summary>What of a HelmRelease makes helm-controller look at it when it changes. A deletion changes the generation.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReleaseTrigger(string Uid, long Generation, string? RequestedAt)
{
    public static ReleaseTrigger Of(HelmReleaseObject release) =>
        new(release.Uid, release.Generation, release.Annotation(HelmReleaseObject.RequestedAt));
}
