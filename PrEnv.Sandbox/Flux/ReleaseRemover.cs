using System.Collections.Concurrent;
using System.Net;
using k8s.Autorest;

namespace PrEnv.Sandbox.Flux;

/// <summary>
/// Deletion: uninstall first, then the finalizer goes. Four cases let the finalizer go without uninstalling, as in helm-controller;
/// what was installed then leaks, and the registry says so.
/// </summary>
internal sealed class ReleaseRemover(
    HelmReleaseApi api, EnvironmentRegistry registry, ReleaseScripts scripts, HelmControllerOptions options)
{
    private readonly ConcurrentDictionary<ReleaseKey, bool> _releasing = new();

    /// <summary>Is its finalizer being taken off here? The watch may tell of the end before the registry does.</summary>
    public bool IsReleasing(ReleaseKey key) => _releasing.ContainsKey(key);

    /// <summary>Returns when to try again; null when the finalizer is gone.</summary>
    public async Task<TimeSpan?> RunAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        if (!release.HasFinalizer)
            return null;
        if (await EscapeAsync(release, cancellationToken) is { } escape)
        {
            var outcome = registry.Find(release.Key) is null ? TeardownOutcome.NothingInstalled : TeardownOutcome.Leaked;
            return await ReleaseAsync(release, outcome, escape, cancellationToken);
        }

        await Task.Delay(options.UninstallDuration, options.TimeProvider, cancellationToken);
        if (scripts.TakeUninstallFailure(release.Key.Name, out var error))
        {
            await FailAsync(release, error, cancellationToken);
            return options.RetryDelay;
        }

        registry.Remove(release.Key);
        return await ReleaseAsync(release, TeardownOutcome.Uninstalled, "uninstalled", cancellationToken);
    }

    /// <summary>Why helm-controller would not uninstall; null when it would.</summary>
    private async Task<string?> EscapeAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        if (release.IsSuspended)
            return "suspended when it was deleted";
        if (release.StatusText("storageNamespace") is null)
            return "status.storageNamespace is empty: no release was attempted";
        var ns = release.Key.Namespace;
        if (HelmReleaseObject.Text(release.Spec["kubeConfig"]?["secretRef"]?["name"]) is { } secret
            && !await api.SecretExistsAsync(ns, secret, cancellationToken))
            return $"kubeConfig's secret {secret} is gone";
        if (HelmReleaseObject.Text(release.Spec["serviceAccountName"]) is { } account
            && !await api.ServiceAccountExistsAsync(ns, account, cancellationToken))
            return $"service account {account} is gone";
        return null;
    }

    private async Task FailAsync(HelmReleaseObject release, string error, CancellationToken cancellationToken)
    {
        var message = $"Helm uninstall failed for release {release.TargetNamespace}/{release.ReleaseName}: {error}";
        var status = new StatusEditor(release, options.TimeProvider.GetUtcNow())
            .Condition("Ready", "False", "UninstallFailed", message)
            .Condition("Released", "False", "UninstallFailed", message)
            .Echo();
        await api.PatchStatusAsync(release.Key, status.Build(), cancellationToken);
    }

    private async Task<TimeSpan?> ReleaseAsync(
        HelmReleaseObject release, TeardownOutcome outcome, string reason, CancellationToken cancellationToken)
    {
        _releasing[release.Key] = true;
        try
        {
            await TakeFinalizerOffAsync(release, cancellationToken);
            registry.Add(new Teardown(release.Key, outcome, reason, options.TimeProvider.GetUtcNow()));
            return null;
        }
        finally
        {
            _releasing.TryRemove(release.Key, out _);
        }
    }

    private async Task TakeFinalizerOffAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        try
        {
            var others = release.Finalizers.Where(name => name != HelmReleaseObject.Finalizer);
            await api.PatchFinalizersAsync(release, others, cancellationToken);
        }
        catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Somebody else took the finalizer away: what was done is done.
        }
    }
}
