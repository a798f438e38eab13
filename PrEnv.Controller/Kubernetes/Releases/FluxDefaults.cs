using PrEnv.Core.Objects;
using PrEnv.Core.Releases;

namespace PrEnv.Controller.Kubernetes.Releases;

/// <summary>
/// Remembers that this cluster's HelmReleases lack the fields of the defaults, which came with a later Flux. Server-side apply refuses a
/// field that the definition lacks, so that the release is then applied without. Thread-safe.
/// </summary>
internal sealed class FluxDefaults(TimeProvider time)
{
    /// <summary>How long it is remembered: an upgrade of Flux is noticed after that time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // The time in ticks until which it holds.
    private long _until;

    public bool IsUnknown => time.GetUtcNow().UtcTicks < Volatile.Read(ref _until);

    public void AreUnknown() => Volatile.Write(ref _until, (time.GetUtcNow() + Lifetime).UtcTicks);

    /// <summary>
    /// May a failure be due to the defaults? Servers from 1.20 to 1.36 answer 500 to a field that they do not know, with no reason.
    /// </summary>
    public static bool MayBeTheCause(DesiredRelease desired, ApiStatus? failure) =>
        failure is { Code: 400 or 422 or 500 } && !ReferenceEquals(desired.Spec, desired.Wish);

    /// <summary>The release without its defaults.</summary>
    public static DesiredRelease Without(DesiredRelease desired) => desired with { Spec = desired.Wish };
}
