using System.Collections.Immutable;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Model;

/// <summary>One revision of one environment: an answer of its URL is about this revision only.</summary>
/// <param name="ReleaseUid">UID of the HelmRelease.</param>
/// <param name="Generation">The generation that was ready when probing began.</param>
/// <param name="Sha">The commit that this generation installs.</param>
/// <param name="Url">The URL to ask.</param>
public readonly record struct ProbeRevision(string ReleaseUid, long Generation, string Sha, string Url);

/// <summary>A request to probe an environment.</summary>
public sealed record ProbeTarget
{
    /// <summary>The HelmRelease; one target for each.</summary>
    public required ResourceKey Release { get; init; }

    /// <summary>The resource to reconcile when the verdict changes.</summary>
    public required ResourceKey Owner { get; init; }

    /// <summary>What is probed.</summary>
    public required ProbeRevision Revision { get; init; }

    /// <summary>How long one probe may take.</summary>
    public required TimeSpan RequestTimeout { get; init; }

    /// <summary>The status codes that count as success.</summary>
    public required ImmutableArray<int> ExpectedStatusCodes { get; init; }

    /// <summary>The Secrets that it takes; none by default.</summary>
    public ProbeSecrets Secrets { get; init; }

    /// <summary>The time between two probes once it has answered, or once the deadline has passed.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>When to continue at <see cref="Interval"/> even without an answer.</summary>
    public required DateTimeOffset Deadline { get; init; }
}

/// <summary>Where a probe finds what it must know and must not be written into a resource.</summary>
/// <param name="Authorities">A PEM bundle of authorities to trust in addition to the system's; null: none.</param>
/// <param name="Headers">The headers of the request, a key for each; null: none.</param>
public readonly record struct ProbeSecrets(SecretKey? Authorities, ResourceKey? Headers)
{
    /// <summary>Does it need no Secret?</summary>
    public bool IsEmpty => Authorities is null && Headers is null;
}

/// <summary>What the probes of one revision have shown so far.</summary>
/// <param name="Revision">What was probed.</param>
/// <param name="Succeeded">Did it ever answer as expected?</param>
/// <param name="ConsecutiveFailures">Failures since the last success.</param>
/// <param name="LastFailure">Why the last failure failed, a clause such as "answered 503"; null if none has failed since the last
/// success.</param>
public sealed record ProbeObservation(ProbeRevision Revision, bool Succeeded, int ConsecutiveFailures, string? LastFailure)
{
    /// <summary>
    /// Why the environment could not be asked the last time, a sentence such as one about a missing Secret; null if it was. That says
    /// nothing of the environment: the other properties are those of the probes before.
    /// </summary>
    public string? Obstacle { get; init; }
}
