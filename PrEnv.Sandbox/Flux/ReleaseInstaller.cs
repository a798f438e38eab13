using System.Globalization;

namespace PrEnv.Sandbox.Flux;

/// <summary>Installs and upgrades, the status that helm-controller shows meanwhile, and what it does about failures.</summary>
internal sealed class ReleaseInstaller(
    EnvironmentRegistry registry, HelmAttempt helm, Func<TimeSpan> duration, HelmControllerOptions options)
{
    private const string Install = "install";
    private const string Upgrade = "upgrade";
    private readonly TimeProvider _time = options.TimeProvider;

    /// <summary>One attempt. Returns when to try again; null for not before a change.</summary>
    public async Task<TimeSpan?> RunAsync(ReleaseRun run, bool resetFailures, CancellationToken cancellationToken)
    {
        var before = registry.Find(run.Key);
        if (before is not null && before.IsMovedBy(run.Asked))
        {
            // Another release name or namespace is another release: the old one goes first.
            var uninstall = options.Helm.UninstallAsync(before, options.UserOf(run.Asked), run.Asked.Timeout, cancellationToken);
            await Task.WhenAll(uninstall, Task.Delay(duration(), _time, cancellationToken));
            registry.Remove(run.Key);
            before = null;
        }

        var action = before is null ? Install : Upgrade;
        await StartAsync(run, action, resetFailures, cancellationToken);
        var error = await helm.RunAsync(run.Asked, cancellationToken);
        await run.ReadAsync(cancellationToken);
        var attempt = InstalledEnvironment.Of(run.Asked, _time.GetUtcNow(), before);
        if (error is not null)
            return await FailAsync(run, new FailedAction(action, error, attempt, before), cancellationToken);
        registry.Put(attempt);
        await SucceedAsync(run, action, attempt, cancellationToken);
        return null;
    }

    private static string Past(string action, string outcome) =>
        string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(action[0])}{action.AsSpan(1)}{outcome}");

    private static string FailureField(string action) => action + "Failures";

    private static Task StartAsync(ReleaseRun run, string action, bool resetFailures, CancellationToken cancellationToken)
    {
        var message = $"Running '{action}' action with timeout of {GoDuration.Format(run.Asked.Timeout)}";
        return run.WriteAsync(
            status =>
            {
                status.Condition("Reconciling", "True", "Progressing", message).Condition("Ready", "Unknown", "Progressing", message);
                ReleaseAttempt.Mark(status, run.Asked).EchoForce(run.Asked);
                if (resetFailures)
                    status.Set("failures", null).Set(FailureField(Install), null).Set(FailureField(Upgrade), null);
            },
            cancellationToken);
    }

    private static async Task SucceedAsync(ReleaseRun run, string action, InstalledEnvironment attempt, CancellationToken cancellationToken)
    {
        var message = $"Helm {action} succeeded for release {attempt.TargetNamespace}/{attempt.ReleaseName}.v{attempt.Revision} "
            + $"with chart {run.Asked.ChartName}@{run.Asked.ChartVersion}";
        await run.WriteAsync(
            status => status
                .Remove("Remediated")
                .Condition("Ready", "True", Past(action, "Succeeded"), message)
                .Condition("Released", "True", Past(action, "Succeeded"), message)
                .Set("history", ReleaseHistory.After(run, attempt, succeeded: true))
                .Set("lastAttemptedReleaseAction", action)
                .Set("failures", null)
                .Set(FailureField(Install), null)
                .Set(FailureField(Upgrade), null),
            cancellationToken);
        await ReleaseAttempt.FinishAsync(run, cancellationToken);
    }

    /// <summary>Shows the failure, undoes it where asked, and says when it is tried again.</summary>
    private async Task<TimeSpan?> FailAsync(ReleaseRun run, FailedAction failed, CancellationToken cancellationToken)
    {
        var policy = RemediationPolicy.Of(run.Asked, failed.Action);
        if (failed.Error.Fault == HelmFault.Rendering)
            return await FailUnstoredAsync(run, failed, policy, cancellationToken);

        var failures = run.Now.StatusNumber(FailureField(failed.Action)) + 1;
        await run.WriteAsync(
            status => Show(status, run, failed)
                .Set("history", ReleaseHistory.After(run, failed.Attempt, succeeded: false))
                .Set("lastAttemptedReleaseAction", failed.Action)
                .Set(FailureField(failed.Action), failures),
            cancellationToken);
        // What a failed upgrade leaves running is the revision before it.
        registry.Put((failed.Before ?? failed.Attempt with { Runs = false, PrSha = null }) with { Revision = failed.Attempt.Revision });

        if (policy.RetryAfter is { } retry)
        {
            await run.WriteAsync(status => Retry(status, run, failed).Observe(run.Asked.Generation).Echo(run.Asked), cancellationToken);
            return retry;
        }

        return await RemediateAsync(run, failed, policy, failures, cancellationToken);
    }

    /// <summary>Helm has stored nothing, so there is nothing to undo, and no attempt is counted that could be the last.</summary>
    private async Task<TimeSpan?> FailUnstoredAsync(
        ReleaseRun run, FailedAction failed, RemediationPolicy policy, CancellationToken cancellationToken)
    {
        await run.WriteAsync(
            status =>
            {
                Show(status, run, failed).Set("lastAttemptedReleaseAction", failed.Action).Echo(run.Asked);
                if (policy.RetryAfter is not null)
                    Retry(status, run, failed).Observe(run.Asked.Generation);
            },
            cancellationToken);
        return policy.RetryAfter ?? options.RetryDelay;
    }

    private async Task<TimeSpan?> RemediateAsync(
        ReleaseRun run, FailedAction failed, RemediationPolicy policy, long failures, CancellationToken cancellationToken)
    {
        var again = policy.Allows(failures);
        var undone = again || policy.RemediateLast ? await UndoAsync(run, failed, policy, cancellationToken) : null;
        await run.WriteAsync(
            status =>
            {
                undone?.Invoke(status);
                if (again)
                    Retry(status, run, failed).Echo(run.Asked);
                else
                    GiveUp(status, run, failed, failures);
            },
            cancellationToken);
        return again ? options.RetryDelay : null;
    }

    /// <summary>Undoes it in the cluster; what is returned tells so.</summary>
    private async Task<Action<StatusEditor>> UndoAsync(
        ReleaseRun run, FailedAction failed, RemediationPolicy policy, CancellationToken cancellationToken)
    {
        var account = options.UserOf(run.Asked);
        if (policy.ByUninstall || failed.Before is null)
        {
            if (await options.Helm.UninstallAsync(failed.Attempt, account, run.Asked.Timeout, cancellationToken) is { } kept)
                return status => Unremediated(status, "UninstallFailed", $"Helm uninstall remediation of release {run.Key} failed: {kept}");
            registry.Remove(run.Key);
            return status => Remediated(status, "UninstallSucceeded", $"Helm uninstall remediation for release {run.Key} succeeded");
        }

        if (await options.Helm.RollBackAsync(failed.Before, account, cancellationToken) is { } stuck)
            return status => Unremediated(status, "RollbackFailed", $"Helm rollback to previous release {run.Key} failed: {stuck}");
        var restored = failed.Before with { Revision = failed.Attempt.Revision + 1 };
        registry.Put(restored);
        var message = $"Helm rollback to previous release {run.Key}.v{failed.Before.Revision} succeeded";
        return status => Remediated(status, "RollbackSucceeded", message)
            .Set("history", ReleaseHistory.AfterRollback(run, restored));
    }

    private static StatusEditor Remediated(StatusEditor status, string reason, string message) =>
        status.Condition("Remediated", "True", reason, message).Condition("Ready", "False", reason, message);

    private static StatusEditor Unremediated(StatusEditor status, string reason, string message) =>
        status.Condition("Remediated", "False", reason, message).Condition("Ready", "False", reason, message);

    private static StatusEditor Show(StatusEditor status, ReleaseRun run, FailedAction failed)
    {
        var (reason, message) = (Past(failed.Action, "Failed"), failed.Message(run.Asked));
        return status
            .Remove("Remediated")
            .Condition("Ready", "False", reason, message)
            .Condition("Released", "False", reason, message)
            .Set("failures", run.Now.StatusNumber("failures") + 1);
    }

    private static StatusEditor Retry(StatusEditor status, ReleaseRun run, FailedAction failed)
    {
        Canceled(status, run, failed);
        return status.Condition("Reconciling", "True", "ProgressingWithRetry", failed.Message(run.Asked));
    }

    private static void GiveUp(StatusEditor status, ReleaseRun run, FailedAction failed, long failures)
    {
        var message = $"Failed to {failed.Action} after {failures} attempt(s)";
        status.Remove("Reconciling").Condition("Stalled", "True", "RetriesExceeded", message);
        // Giving up is final, and only what is final is observed. What was cancelled is begun again at once.
        if (!Canceled(status, run, failed))
            status.Observe(run.Asked.Generation).Echo(run.Asked);
    }

    private static bool Canceled(StatusEditor status, ReleaseRun run, FailedAction failed)
    {
        if (failed.Error.Fault != HelmFault.Canceled)
            return false;
        status.Condition("Ready", "False", "HealthCheckCanceled", $"New reconciliation triggered by HelmRelease/{run.Key}");
        return true;
    }

    /// <summary>An install or upgrade that failed.</summary>
    /// <param name="Action">Which.</param>
    /// <param name="Error">Why.</param>
    /// <param name="Attempt">What would run had it succeeded.</param>
    /// <param name="Before">What ran before; null when nothing did.</param>
    private sealed record FailedAction(string Action, HelmError Error, InstalledEnvironment Attempt, InstalledEnvironment? Before)
    {
        public string Message(HelmReleaseObject release) =>
            $"Helm {Action} failed for release {Attempt.TargetNamespace}/{Attempt.ReleaseName} "
            + $"with chart {release.ChartName}@{release.ChartVersion}: {Error.Message}";
    }
}
