using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Releases;

/// <summary>
/// Writes HelmReleases. Failures are results; throws only <see cref="OperationCanceledException"/> for the caller's token.
/// </summary>
internal interface IReleaseApplier
{
    /// <summary>
    /// Server-side apply, forced. With <paramref name="uid"/> exactly that object is changed, and never a new one created; without it a new
    /// object is created, and a name that another owner of this process is taking at the moment is refused as a conflict.
    /// </summary>
    Task<ApplyResult> ApplyAsync(DesiredRelease desired, string? uid, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes exactly that object, after resuming it if requested (Flux uninstalls nothing that is suspended). If it is not
    /// <paramref name="version"/> any more, it is read again, to see whether it is suspended by now; empty: any version. Success if it no
    /// longer exists.
    /// </summary>
    Task<ApplyResult> DeleteAsync(ResourceKey key, string uid, string version, bool unsuspend, CancellationToken cancellationToken);

    /// <summary>Removes the owner labels from exactly that object and leaves the rest.</summary>
    Task<ApplyResult> OrphanAsync(ResourceKey key, string uid, CancellationToken cancellationToken);

    /// <summary>Writes one annotation on exactly that object. Each has its own field manager, so that none removes another.</summary>
    Task<ApplyResult> NoteAsync(ResourceKey key, string uid, string annotation, string value, CancellationToken cancellationToken);

    /// <summary>Asks Flux to reconcile exactly that object by force; a token that the object already has changes nothing.</summary>
    Task<ApplyResult> RebuildAsync(ResourceKey key, string uid, string token, CancellationToken cancellationToken);
}

/// <summary>The outcome of a write.</summary>
/// <param name="Object">The object as the server has it now; null after a deletion or a failure.</param>
/// <param name="Failure">Why it failed; null on success.</param>
internal readonly record struct ApplyResult(HelmRelease? Object, ApiStatus? Failure)
{
    public bool Succeeded => Failure is null;
}
