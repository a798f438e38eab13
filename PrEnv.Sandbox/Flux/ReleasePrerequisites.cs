namespace PrEnv.Sandbox.Flux;

/// <summary>What has to be there before Helm is asked: other releases, the chart, and rights on Helm's storage.</summary>
internal sealed class ReleasePrerequisites(HelmReleaseApi api, ReleaseCache cache, HelmCharts charts, HelmControllerOptions options)
{
    /// <summary>Returns when to look again; null once everything is there.</summary>
    public async Task<TimeSpan?> WaitForAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        await charts.EnsureAsync(run.Asked, cancellationToken);
        await run.WriteAsync(status => Begin(status, run.Asked), cancellationToken);
        // source-controller does its part whatever the release waits for.
        var chartWait = await charts.WaitForAsync(run.Asked, cancellationToken);
        if (run.Asked.DependsOn.Select(DependencyError).FirstOrDefault(error => error is not null) is { } dependency)
        {
            await MissAsync(run, "DependencyNotReady", dependency, cancellationToken);
            return options.RetryDelay;
        }

        if (chartWait is { } wait)
        {
            // Whatever the cause, it stands in the HelmChart and not here.
            var chart = $"HelmChart '{run.Asked.ChartKey}' is not ready: latest generation of object has not been reconciled";
            await MissAsync(run, "SourceNotReady", chart, cancellationToken);
            return wait;
        }

        if (await StorageErrorAsync(run.Asked, cancellationToken) is not { } refused)
            return null;
        await run.WriteAsync(
            status => ReleaseAttempt.Mark(status.Condition("Ready", "False", "StateError", refused), run.Asked).Echo(run.Asked),
            cancellationToken);
        return options.RetryDelay;
    }

    private StatusEditor Begin(StatusEditor status, HelmReleaseObject release)
    {
        status.Remove("Stalled").Condition("Reconciling", "True", "Progressing", "Fulfilling prerequisites");
        return options.ChartDuration is null || release.Chart is null ? status : status.Set("helmChart", release.ChartKey.ToString());
    }

    private static Task MissAsync(ReleaseRun run, string reason, string message, CancellationToken cancellationToken) =>
        run.WriteAsync(status => status.Condition("Ready", "False", reason, message).Echo(run.Asked), cancellationToken);

    private string? DependencyError(ReleaseKey key) => cache.Find(key) switch
    {
        null => $"unable to get '{key}' dependency: helmreleases.helm.toolkit.fluxcd.io \"{key.Name}\" not found",
        { IsReady: false } => $"dependency '{key}' is not ready",
        _ => null,
    };

    private async Task<string?> StorageErrorAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        if ((release.ServiceAccountName ?? options.DefaultServiceAccount) is not { } account)
            return null;
        var refused = await api.StorageRefusalAsync(release.StorageNamespace, release.Key.Namespace, account, cancellationToken);
        const string Undetermined = "Could not determine release state: failed to retrieve last release from storage: ";
        return refused is null ? null : $"{Undetermined}query: failed to query with labels: {refused}";
    }
}
