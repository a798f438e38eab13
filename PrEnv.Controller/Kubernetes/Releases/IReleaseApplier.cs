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
    /// Server-side apply, forced. With <paramref name="uid"/> exactly that object is changed, never a new one made; without it a new
    /// object is made, and a name that another owner of this process is just taking is refused as a conflict.
    /// </summary>
    Task<ApplyResult> ApplyAsync(DesiredRelease desired, string? uid, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes exactly that object, after un-suspending it when asked (Flux uninstalls nothing that is suspended). One that is gone is a
    /// success.
    /// </summary>
    Task<ApplyResult> DeleteAsync(ResourceKey key, string uid, bool unsuspend, CancellationToken cancellationToken);

    /// <summary>Takes the owner labels off exactly that object and leaves the rest.</summary>
    Task<ApplyResult> OrphanAsync(ResourceKey key, string uid, CancellationToken cancellationToken);

    /// <summary>Writes one annotation on exactly that object. Each has a field manager of its own, so that none removes another.</summary>
    Task<ApplyResult> NoteAsync(ResourceKey key, string uid, string annotation, string value, CancellationToken cancellationToken);

    /// <summary>Asks Flux to reconcile exactly that object by force; with a token that it bears already nothing happens.</summary>
    Task<ApplyResult> RebuildAsync(ResourceKey key, string uid, string token, CancellationToken cancellationToken);
}

/// <summary>What came of a write.</summary>
/// <param name="Object">The object as the server has it now; null after a deletion or a failure.</param>
/// <param name="Failure">Why it failed; null on success.</param>
internal readonly record struct ApplyResult(HelmRelease? Object, ApiStatus? Failure)
{
    public bool Succeeded => Failure is null;
}
