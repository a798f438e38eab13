namespace PrEnv.Sandbox.Flux;

/// <summary>One look at one HelmRelease: what helm-controller would do now.</summary>
internal sealed class ReleaseReconciler(
    HelmReleaseApi api,
    EnvironmentRegistry registry,
    ReleaseScripts scripts,
    ReleaseInstaller installer,
    ReleaseRemover remover,
    TimeProvider time)
{
    /// <summary>Returns when to look again; null for not before a change.</summary>
    public async Task<TimeSpan?> ReconcileAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        if (release.IsDeleting)
            return await remover.RunAsync(release, cancellationToken);
        // Even a suspended release gets it: helm-controller looks at suspend later.
        if (!release.HasFinalizer)
            release = await api.PatchFinalizersAsync(release, release.Finalizers.Append(HelmReleaseObject.Finalizer), cancellationToken);
        if (release.IsSuspended)
            return null;

        var isNew = release.StatusNumber("lastAttemptedGeneration") != release.Generation;
        var reset = IsAsked(release, HelmReleaseObject.ResetAt, "lastHandledResetAt");
        var force = IsAsked(release, HelmReleaseObject.ForceAt, "lastHandledForceAt");
        if (scripts.Of(release.Key.Name) is { StalledReason: { } reason } script)
            return await StallAsync(release, reason, script.Message, cancellationToken);
        if (release.ConditionStatus("Stalled") == "True" && release.ObservedGeneration == release.Generation && !reset && !force)
            return await EchoAsync(release, cancellationToken);

        var installed = registry.Find(release.Key) ?? Remember(release);
        if (installed is { Runs: true } && installed.Fingerprint == release.Fingerprint && !force && !installed.IsMovedBy(release))
            return await SettleAsync(release, cancellationToken);
        return await installer.RunAsync(release, isNew || reset, cancellationToken);
    }

    /// <summary>An annotation with the value of <c>requestedAt</c> that was not answered yet.</summary>
    private static bool IsAsked(HelmReleaseObject release, string annotation, string answer) =>
        release.Annotation(annotation) is { } asked
        && asked == release.Annotation(HelmReleaseObject.RequestedAt)
        && asked != release.StatusText(answer);

    private static bool IsEchoed(HelmReleaseObject release) =>
        release.Annotation(HelmReleaseObject.RequestedAt) is not { } asked || asked == release.StatusText("lastHandledReconcileAt");

    /// <summary>After a restart of the double: what the status says is installed counts as installed.</summary>
    private InstalledEnvironment? Remember(HelmReleaseObject release)
    {
        if (!ReleaseHistory.SaysInstalled(release))
            return null;
        var remembered = InstalledEnvironment.Of(release, time.GetUtcNow()) with { Revision = ReleaseHistory.RevisionOf(release) };
        registry.Put(remembered);
        return remembered;
    }

    private async Task<TimeSpan?> StallAsync(HelmReleaseObject release, string reason, string message, CancellationToken cancellationToken)
    {
        if (release.ConditionStatus("Stalled") == "True" && release.ObservedGeneration == release.Generation)
            return await EchoAsync(release, cancellationToken);
        var status = new StatusEditor(release, time.GetUtcNow())
            .Remove("Reconciling")
            .Condition("Ready", "False", reason, message)
            .Condition("Stalled", "True", reason, message)
            .Observe()
            .Echo();
        await api.PatchStatusAsync(release.Key, status.Build(), cancellationToken);
        return null;
    }

    private async Task<TimeSpan?> EchoAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        if (!IsEchoed(release))
            await api.PatchStatusAsync(release.Key, new StatusEditor(release, time.GetUtcNow()).Echo().Build(), cancellationToken);
        return null;
    }

    /// <summary>Nothing for Helm to do; a spec change that Helm does not care about is still observed.</summary>
    private async Task<TimeSpan?> SettleAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        var settled = release.ConditionStatus("Ready") == "True" && release.ObservedGeneration == release.Generation;
        if (settled && IsEchoed(release))
            return null;
        var message = $"Helm release {release.TargetNamespace}/{release.ReleaseName} is up to date";
        var status = new StatusEditor(release, time.GetUtcNow())
            .Remove("Reconciling")
            .Remove("Stalled")
            .Condition("Ready", "True", "UpgradeSucceeded", message)
            .Set("lastAttemptedGeneration", release.Generation)
            .Observe()
            .Echo();
        await api.PatchStatusAsync(release.Key, status.Build(), cancellationToken);
        return null;
    }
}
