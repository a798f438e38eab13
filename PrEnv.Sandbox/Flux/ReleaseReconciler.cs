namespace PrEnv.Sandbox.Flux;

/// <summary>One look at one HelmRelease: what helm-controller would do now, in its order.</summary>
internal sealed class ReleaseReconciler(
    HelmReleaseApi api,
    EnvironmentRegistry registry,
    ReleaseScripts scripts,
    ReleasePrerequisites prerequisites,
    ReleaseInstaller installer,
    ReleaseRemover remover,
    HelmControllerOptions options)
{
    /// <summary>Returns when to look again; null for not before a change.</summary>
    public async Task<TimeSpan?> ReconcileAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        if (release.IsDeleting)
            return await remover.RunAsync(Run(release), cancellationToken);
        // Even a suspended release gets it: helm-controller looks at suspend later.
        if (!release.HasFinalizer)
            release = await api.PatchFinalizersAsync(release, release.Finalizers.Append(HelmReleaseObject.Finalizer), cancellationToken);
        // A refusal is written nowhere.
        if (release.IsSuspended || (options.NoCrossNamespaceRefs && release.SourceNamespace != release.Key.Namespace))
            return null;

        var run = Run(release);
        var isNew = release.StatusNumber("lastAttemptedGeneration") != release.Generation;
        var reset = IsAsked(release, HelmReleaseObject.ResetAt, "lastHandledResetAt");
        var force = IsAsked(release, HelmReleaseObject.ForceAt, "lastHandledForceAt");
        if (scripts.Of(release.Key.Name) is { StalledReason: { } reason } script)
        {
            await StallAsync(run, reason, script.Message, cancellationToken);
            return null;
        }

        if (release.ConditionStatus("Stalled") == "True" && !isNew && !reset && !force)
        {
            await run.WriteAsync(status => status.Echo(run.Asked), cancellationToken);
            return null;
        }

        if (await prerequisites.WaitForAsync(run, cancellationToken) is { } wait)
            return wait;

        if (NeedsHelm(run, force))
            return await installer.RunAsync(run, isNew || reset, cancellationToken);
        if (scripts.Of(release.Key.Name).Drifted && release.DriftDetection == "enabled")
            await CorrectDriftAsync(run, cancellationToken);
        await ReleaseAttempt.FinishAsync(run, cancellationToken);
        return null;
    }

    private ReleaseRun Run(HelmReleaseObject release) => new(release, api, scripts, options.TimeProvider);

    /// <summary>An annotation with the value of <c>requestedAt</c> that was not answered yet.</summary>
    private static bool IsAsked(HelmReleaseObject release, string annotation, string answer) =>
        release.Annotation(annotation) is { } asked
        && asked == release.Annotation(HelmReleaseObject.RequestedAt)
        && asked != release.StatusText(answer);

    private bool NeedsHelm(ReleaseRun run, bool force)
    {
        var installed = registry.Find(run.Key) ?? Remember(run.Asked);
        return installed is not { Runs: true }
            || force
            || installed.Fingerprint != run.Asked.Fingerprint
            || installed.IsMovedBy(run.Asked)
            || ReleaseHistory.SaysFailed(run.Asked);
    }

    /// <summary>After a restart of the double: what the status says is installed counts as installed.</summary>
    private InstalledEnvironment? Remember(HelmReleaseObject release)
    {
        if (!ReleaseHistory.SaysInstalled(release))
            return null;
        var revision = ReleaseHistory.RevisionOf(release);
        var remembered = InstalledEnvironment.Of(release, options.TimeProvider.GetUtcNow()) with { Revision = revision };
        registry.Put(remembered);
        return remembered;
    }

    private static Task StallAsync(ReleaseRun run, string reason, string message, CancellationToken cancellationToken) => run.WriteAsync(
        status => status
            .Remove("Reconciling")
            .Condition("Ready", "False", reason, message)
            .Condition("Stalled", "True", reason, message)
            .Observe(run.Asked.Generation)
            .Echo(run.Asked),
        cancellationToken);

    /// <summary>The commit stays what it was, yet for a moment the release is not ready.</summary>
    private async Task CorrectDriftAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var message = $"Running 'correct cluster drift' action with timeout of {GoDuration.Format(run.Asked.Timeout)}";
        await run.WriteAsync(
            status => status
                .Condition("Reconciling", "True", "Progressing", message)
                .Condition("Drifted", "True", "DriftDetected", $"Cluster state of release {run.Key} has drifted from the desired state")
                .Condition("Ready", "Unknown", "Progressing", "correcting cluster drift"),
            cancellationToken);
        scripts.Set(run.Key.Name, script => script with { Drifted = false });
    }
}
