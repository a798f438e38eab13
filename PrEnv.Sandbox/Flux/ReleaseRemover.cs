using System.Collections.Concurrent;
using System.Net;
using k8s.Autorest;

namespace PrEnv.Sandbox.Flux;

/// <summary>
/// Deletion: uninstall first, then the finalizer goes. Four cases let the finalizer go without uninstalling, as in helm-controller;
/// what was installed then leaks, and the registry says so. An account that lacks rights holds it for ever.
/// </summary>
internal sealed class ReleaseRemover(
    HelmReleaseApi api, EnvironmentRegistry registry, ReleaseScripts scripts, HelmCharts charts, HelmControllerOptions options)
{
    private readonly ConcurrentDictionary<ReleaseKey, bool> _releasing = new();

    /// <summary>Is its finalizer being taken off here? The watch may tell of the end before the registry does.</summary>
    public bool IsReleasing(ReleaseKey key) => _releasing.ContainsKey(key);

    /// <summary>Returns when to try again; null when the finalizer is gone.</summary>
    public async Task<TimeSpan?> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var release = run.Asked;
        if (!release.HasFinalizer)
            return null;
        var account = release.ServiceAccountName ?? options.DefaultServiceAccount;
        if (await EscapeAsync(release, account, cancellationToken) is { } escape)
        {
            var leaked = registry.Find(run.Key) is null ? TeardownOutcome.NothingInstalled : TeardownOutcome.Leaked;
            return await ReleaseAsync(run, leaked, escape, cancellationToken);
        }

        if (account is not null
            && await api.StorageRefusalAsync(release.StorageNamespace, run.Key.Namespace, account, cancellationToken) is not null)
        {
            return options.RetryDelay;
        }

        return await UninstallAsync(run, cancellationToken);
    }

    /// <summary>Why helm-controller would not uninstall; null when it would.</summary>
    private async Task<string?> EscapeAsync(HelmReleaseObject release, string? account, CancellationToken cancellationToken)
    {
        if (release.IsSuspended)
            return "suspended when it was deleted";
        if (release.StatusText("storageNamespace") is null)
            return "status.storageNamespace is empty: no release was attempted";
        var ns = release.Key.Namespace;
        if (HelmReleaseObject.Text(release.Spec["kubeConfig"]?["secretRef"]?["name"]) is { } secret
            && !await api.SecretExistsAsync(ns, secret, cancellationToken))
        {
            return $"kubeConfig's secret {secret} is gone";
        }

        if (account is not null && !await api.ServiceAccountExistsAsync(ns, account, cancellationToken))
            return $"service account {account} is gone";
        return null;
    }

    private async Task<TimeSpan?> UninstallAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        await Task.Delay(options.UninstallDuration, options.TimeProvider, cancellationToken);
        var error = scripts.TakeUninstallFailure(run.Key.Name);
        if (error is null && (registry.Find(run.Key) ?? Remembered(run.Asked)) is { } present)
            error = await options.Helm.UninstallAsync(present, options.UserOf(run.Asked), run.Asked.Timeout, cancellationToken);
        if (error is not null)
        {
            await FailAsync(run, error, cancellationToken);
            return options.RetryDelay;
        }

        if (registry.Find(run.Key) is { } installed)
        {
            var message = $"Helm uninstall succeeded for release {installed.TargetNamespace}/{installed.ReleaseName}.v{installed.Revision}";
            await run.WriteAsync(
                status => status
                    .Condition("Ready", "False", "UninstallSucceeded", message)
                    .Condition("Released", "False", "UninstallSucceeded", message),
                cancellationToken);
            registry.Remove(run.Key);
        }

        return await ReleaseAsync(run, TeardownOutcome.Uninstalled, "uninstalled", cancellationToken);
    }

    /// <summary>After a restart of the double: what the status says was stored.</summary>
    private InstalledEnvironment? Remembered(HelmReleaseObject release) => ReleaseHistory.RevisionOf(release) > 0
        ? InstalledEnvironment.Of(release, options.TimeProvider.GetUtcNow())
        : null;

    private static Task FailAsync(ReleaseRun run, string error, CancellationToken cancellationToken)
    {
        var message = $"Helm uninstall failed for release {run.Asked.TargetNamespace}/{run.Asked.ReleaseName}: {error}";
        return run.WriteAsync(
            status => status
                .Condition("Ready", "False", "UninstallFailed", message)
                .Condition("Released", "False", "UninstallFailed", message)
                .Set("history", ReleaseHistory.Uninstalling(run.Now))
                .Set("failures", run.Now.StatusNumber("failures") + 1)
                .Echo(run.Asked),
            cancellationToken);
    }

    private async Task<TimeSpan?> ReleaseAsync(ReleaseRun run, TeardownOutcome outcome, string reason, CancellationToken cancellationToken)
    {
        _releasing[run.Key] = true;
        try
        {
            // A suspended release leaves even its HelmChart behind.
            if (!run.Asked.IsSuspended)
                await charts.DeleteAsync(run.Asked, cancellationToken);
            await TakeFinalizerOffAsync(run.Now, cancellationToken);
            registry.Add(new Teardown(run.Key, outcome, reason, options.TimeProvider.GetUtcNow()));
            return null;
        }
        finally
        {
            _releasing.TryRemove(run.Key, out _);
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
