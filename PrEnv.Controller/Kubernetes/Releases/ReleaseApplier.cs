using System.Net;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Releases;

/// <summary>
/// Writes HelmReleases. Every write to an existing one contains its UID, so that one which was deleted and recreated by someone else is
/// never touched. Thread-safe.
/// </summary>
internal sealed class ReleaseApplier(RawKubernetes client, TimeProvider time) : IReleaseApplier
{
    /// <summary>Field manager of what was reported; separate, so that applying the rest does not remove it.</summary>
    public const string ReportManager = "prenv-controller-report";

    // No object has this version: stores count up from it. An existing object thus refuses the apply, atomically.
    // Kubernetes documents the refusal; that a missing object is created nevertheless was verified on 1.20 and 1.36.
    private const string VersionOfNothing = "1";

    private const string GoneReason = "UidMismatch";

    // How often a release is deleted that changes each time before the request comes.
    private const int MostTries = 3;

    private readonly NameClaims _claims = new(time);

    private readonly FluxDefaults _defaults = new(time);

    public async Task<ApplyResult> ApplyAsync(DesiredRelease desired, string? uid, CancellationToken cancellationToken)
    {
        if (_defaults.IsUnknown)
            return await ApplyAsItIsAsync(FluxDefaults.Without(desired), uid, cancellationToken);
        var result = await ApplyAsItIsAsync(desired, uid, cancellationToken);
        if (!FluxDefaults.MayBeTheCause(desired, result.Failure))
            return result;
        var plain = await ApplyAsItIsAsync(FluxDefaults.Without(desired), uid, cancellationToken);
        if (plain.Succeeded)
            _defaults.AreUnknown();
        return plain;
    }

    private async Task<ApplyResult> ApplyAsItIsAsync(DesiredRelease desired, string? uid, CancellationToken cancellationToken)
    {
        if (uid is null)
            return await ClaimAndCreateAsync(desired, cancellationToken);

        var (result, _) = await TryAsync(ApplyRequest(desired.Key, ReleaseBodies.Desired(desired, uid), force: true), cancellationToken);
        return await ExplainAsync(result, desired.Key, uid, cancellationToken);
    }

    public async Task<ApplyResult> DeleteAsync(
        ResourceKey key, string uid, string version, bool unsuspend, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            if (unsuspend)
            {
                var resumed = await PatchAsync(key, uid, ReleaseBodies.Unsuspend(key, uid), cancellationToken);
                if (resumed.Object is not { } running)
                    return GoneIsSuccess(resumed);
                version = running.Metadata.ResourceVersion;
            }

            var deleted = await TryDeleteAsync(key, uid, version, cancellationToken);
            if (!IsRefusal(deleted))
                return GoneIsSuccess(deleted);
            var (found, _) = await TryAsync(ApiRequest.Get(PathOf(key)), cancellationToken);
            if (found.Failure is { IsNotFound: true } || (found.Object is { } other && other.Metadata.Uid != uid))
                return default;
            if (found.Object is not { } live || live.Metadata.ResourceVersion == version || tries == MostTries)
                return deleted;
            // It has changed since, and may have been suspended.
            (version, unsuspend) = (live.Metadata.ResourceVersion, live.Spec.Suspend == true);
        }
    }

    public async Task<ApplyResult> OrphanAsync(ResourceKey key, string uid, CancellationToken cancellationToken) =>
        GoneIsSuccess(await PatchAsync(key, uid, ReleaseBodies.Orphan(key, uid), cancellationToken));

    public Task<ApplyResult> NoteAsync(ResourceKey key, string uid, string annotation, string value, CancellationToken cancellationToken) =>
        AnnotateAsync(key, uid, annotation, value, ManagerOf(annotation), cancellationToken);

    public Task<ApplyResult> RebuildAsync(ResourceKey key, string uid, string token, CancellationToken cancellationToken) =>
        PatchAsync(key, uid, ReleaseBodies.Rebuild(key, uid, token), cancellationToken);

    // That of the statuses is older than the rule.
    private static string ManagerOf(string annotation) => annotation == OwnerLabels.ReportedAnnotation
        ? ReportManager
        : $"{OwnerLabels.Manager}-{annotation[(annotation.LastIndexOf('/') + 1)..]}";

    private async Task<ApplyResult> AnnotateAsync(
        ResourceKey key, string uid, string annotation, string value, string manager, CancellationToken cancellationToken)
    {
        var body = ReleaseBodies.Annotation(key, uid, annotation, value);
        var (result, _) = await TryAsync(ApplyRequest(key, body, force: true, manager), cancellationToken);
        return await ExplainAsync(result, key, uid, cancellationToken);
    }

    private async Task<ApplyResult> ClaimAndCreateAsync(DesiredRelease desired, CancellationToken cancellationToken)
    {
        var owner = desired.Labels.GetValueOrDefault(OwnerLabels.Uid, "");
        if (!_claims.TryClaim(desired.Key, owner))
        {
            return Conflict($"HelmRelease {desired.Key} is being created for another resource.");
        }

        var result = await CreateAsync(desired, cancellationToken);

        // After a refusal nothing was created. After a timeout something may have been, and the claim is kept.
        if (result.Failure is { Code: >= 400 and < 500 })
            _claims.Release(desired.Key, owner);

        return result;
    }

    private async Task<ApplyResult> CreateAsync(DesiredRelease desired, CancellationToken cancellationToken)
    {
        var body = ReleaseBodies.Desired(desired, resourceVersion: VersionOfNothing);
        var (result, created) = await TryAsync(ApplyRequest(desired.Key, body, force: false), cancellationToken);
        if (result.Failure is { IsConflict: true })
        {
            var found = await FindAsync(desired.Key, cancellationToken);
            if (found.Failure is not { IsNotFound: true })
                return found.Failure is null ? AlreadyExists(desired.Key) : new ApplyResult(null, found.Failure);

            // Either it was deleted just now, or the server does not create objects that specify a version. Unforced, an apply that meets
            // someone else's release conflicts with its managers.
            (result, created) = await TryAsync(ApplyRequest(desired.Key, ReleaseBodies.Desired(desired), force: false), cancellationToken);
        }

        return result.Succeeded && !created ? AlreadyExists(desired.Key) : result;
    }

    private async Task<ApplyResult> PatchAsync(ResourceKey key, string uid, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var path = ApiResource.WithQuery(PathOf(key), ("fieldManager", OwnerLabels.Manager));
        var (result, _) = await TryAsync(ApiRequest.MergePatch(path, body), cancellationToken);
        return await ExplainAsync(result, key, uid, cancellationToken);
    }

    // A wrong UID is refused with 409 or 422, depending on the verb and on whether another object has the name, and both have other
    // causes too. So read the object: the result is 409 if it is gone, else the failure remains what it was.
    private async Task<ApplyResult> ExplainAsync(ApplyResult result, ResourceKey key, string uid, CancellationToken cancellationToken)
    {
        if (!IsRefusal(result))
            return result;

        var found = await FindAsync(key, cancellationToken);
        var isGone = found.Failure is { IsNotFound: true } || (found.Uid is not null && found.Uid != uid);
        return isGone ? Gone(key) : result;
    }

    private async Task<(string? Uid, ApiStatus? Failure)> FindAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await client.SendAsync(ApiRequest.Get(PathOf(key)), ApiJson.Default.MetadataOnly, cancellationToken);
            return (reply.Value.Metadata?.Uid, null);
        }
        catch (ApiStatusException e)
        {
            return (null, e.Status);
        }
    }

    private async Task<(ApplyResult Result, bool Created)> TryAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await client.SendAsync(request, ResourceJson.Default.HelmRelease, cancellationToken);
            return (new ApplyResult(reply.Value, null), reply.Created);
        }
        catch (ApiStatusException e)
        {
            return (new ApplyResult(null, e.Status), false);
        }
    }

    private async Task<ApplyResult> TryDeleteAsync(ResourceKey key, string uid, string version, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(ApiRequest.Delete(PathOf(key), ReleaseBodies.Delete(uid, version)), DrainAsync, cancellationToken);
            return default;
        }
        catch (ApiStatusException e)
        {
            return new ApplyResult(null, e.Status);
        }
    }

    private static async Task<bool> DrainAsync(Stream body, CancellationToken cancellationToken)
    {
        await body.CopyToAsync(Stream.Null, cancellationToken);
        return true;
    }

    private static ApiRequest ApplyRequest(ResourceKey key, ReadOnlyMemory<byte> body, bool force, string manager = OwnerLabels.Manager) =>
        ApiRequest.Apply(ApiResource.WithQuery(PathOf(key), ("fieldManager", manager), ("force", force ? "true" : null)), body);

    private static string PathOf(ResourceKey key) => ApiResource.HelmReleases.ObjectPath(key.Namespace, key.Name);

    private static bool IsRefusal(ApplyResult result) =>
        result.Failure is { Code: (int)HttpStatusCode.Conflict or (int)HttpStatusCode.UnprocessableEntity };

    private static ApplyResult GoneIsSuccess(ApplyResult result) =>
        result.Failure is { IsNotFound: true } or { Reason: GoneReason } ? default : result;

    private static ApplyResult Gone(ResourceKey key) => Conflict(
        $"HelmRelease {key} has since been deleted, and another one may have its name.", GoneReason);

    private static ApplyResult AlreadyExists(ResourceKey key) => Conflict($"HelmRelease {key} already exists.", "AlreadyExists");

    private static ApplyResult Conflict(string message, string reason = "Conflict") =>
        new(null, new ApiStatus((int)HttpStatusCode.Conflict, reason, message));
}
