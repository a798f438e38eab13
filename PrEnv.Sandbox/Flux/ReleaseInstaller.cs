using System.Globalization;

namespace PrEnv.Sandbox.Flux;

/// <summary>Installs and upgrades, with retries and remediation, and the status that helm-controller shows meanwhile.</summary>
internal sealed class ReleaseInstaller(
    HelmReleaseApi api, EnvironmentRegistry registry, ReleaseScripts scripts, Func<TimeSpan> duration, TimeProvider time)
{
    private const string Install = "install";
    private const string Upgrade = "upgrade";

    /// <summary>Runs until it is ready, or no retry is left. Returns when to look again; null for not before a change.</summary>
    public async Task<TimeSpan?> RunAsync(HelmReleaseObject release, bool resetFailures, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = registry.Find(release.Key);
            if (before is not null && before.IsMovedBy(release))
            {
                // Another release name or namespace is another release: the old one goes first.
                await Task.Delay(duration(), time, cancellationToken);
                registry.Remove(release.Key);
                before = null;
            }

            var action = before is null ? Install : Upgrade;
            release = await StartAsync(release, action, resetFailures, cancellationToken);
            resetFailures = false;
            var error = await AttemptAsync(release, cancellationToken);
            var attempt = InstalledEnvironment.Of(release, time.GetUtcNow(), before);
            if (error is null)
            {
                registry.Put(attempt);
                await SucceedAsync(release, action, attempt, cancellationToken);
                return null;
            }

            var policy = RemediationPolicy.Of(release, action);
            (release, var again) = await FailAsync(release, action, error, attempt, before, policy, cancellationToken);
            if (!again || policy.RetryAfter is not null)
                return again ? policy.RetryAfter : null;
        }
    }

    private static string Past(string action, string outcome) =>
        string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(action[0])}{action.AsSpan(1)}{outcome}");

    private static string FailureField(string action) => action + "Failures";

    private Task<HelmReleaseObject> StartAsync(
        HelmReleaseObject release, string action, bool resetFailures, CancellationToken cancellationToken)
    {
        var message = $"Running '{action}' action with timeout of {release.Timeout.TotalSeconds}s";
        var status = new StatusEditor(release, time.GetUtcNow())
            .Condition("Reconciling", "True", "Progressing", message)
            .Condition("Ready", "Unknown", "Progressing", message)
            .Remove("Stalled")
            .Set("storageNamespace", release.StorageNamespace)
            .Set("lastAttemptedGeneration", release.Generation)
            .Set("lastAttemptedReleaseAction", action)
            .Set("lastAttemptedRevision", release.ChartVersion)
            .Set("lastAttemptedConfigDigest", release.ValuesDigest);
        if (resetFailures)
        {
            foreach (var field in (string[])["failures", FailureField(Install), FailureField(Upgrade)])
                status.Set(field, null);
        }

        return api.PatchStatusAsync(release.Key, status.Build(), cancellationToken);
    }

    /// <summary>Null when Helm succeeded, else its error.</summary>
    private async Task<string?> AttemptAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        if (await NamespaceErrorAsync(release, cancellationToken) is { } missing)
            return missing;
        if (scripts.Of(release.Key.Name).Hangs && !await MovesInTimeAsync(release, cancellationToken))
            return "context deadline exceeded";
        await Task.Delay(duration(), time, cancellationToken);
        return scripts.TakeInstallFailure(release.Key.Name, out var message) ? message : null;
    }

    private async Task<bool> MovesInTimeAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(release.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await scripts.UntilItMovesAsync(release.Key.Name, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<string?> NamespaceErrorAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        var target = release.TargetNamespace;
        if (target == release.Key.Namespace || await api.NamespaceExistsAsync(target, cancellationToken))
            return null;
        if (release.Spec[Install]?["createNamespace"]?.GetValue<bool>() != true)
            return $"namespaces \"{target}\" not found";
        await api.CreateNamespaceAsync(target, cancellationToken);
        return null;
    }

    private async Task SucceedAsync(
        HelmReleaseObject release, string action, InstalledEnvironment attempt, CancellationToken cancellationToken)
    {
        var message = $"Helm {action} succeeded for release {attempt.TargetNamespace}/{attempt.ReleaseName}.v{attempt.Revision} "
            + $"with chart {release.ChartName}@{release.ChartVersion}";
        var status = new StatusEditor(release, time.GetUtcNow())
            .Remove("Reconciling")
            .Remove("Remediated")
            .Condition("Ready", "True", Past(action, "Succeeded"), message)
            .Condition("Released", "True", Past(action, "Succeeded"), message)
            .Set("history", ReleaseHistory.After(release, attempt, succeeded: true))
            .Set("failures", null)
            .Set(FailureField(Install), null)
            .Set(FailureField(Upgrade), null)
            .Observe()
            .Echo();
        await api.PatchStatusAsync(release.Key, status.Build(), cancellationToken);
    }

    /// <summary>Shows the failure, undoes it where asked, and says whether it is tried again.</summary>
    private async Task<(HelmReleaseObject Release, bool Again)> FailAsync(
        HelmReleaseObject release,
        string action,
        string error,
        InstalledEnvironment attempt,
        InstalledEnvironment? before,
        RemediationPolicy policy,
        CancellationToken cancellationToken)
    {
        var failures = release.StatusNumber(FailureField(action)) + 1;
        var again = policy.RetryAfter is not null || policy.Allows(failures);
        var message = $"Helm {action} failed for release {attempt.TargetNamespace}/{attempt.ReleaseName} "
            + $"with chart {release.ChartName}@{release.ChartVersion}: {error}";
        var status = new StatusEditor(release, time.GetUtcNow())
            .Condition("Ready", "False", Past(action, "Failed"), message)
            .Condition("Released", "False", Past(action, "Failed"), message)
            .Set("history", ReleaseHistory.After(release, attempt, succeeded: false))
            .Set("failures", release.StatusNumber("failures") + 1)
            .Set(FailureField(action), failures)
            .Echo();
        // What a failed upgrade leaves running is the revision before it.
        registry.Put((before ?? attempt with { Runs = false, PrSha = null }) with { Revision = attempt.Revision });
        if (policy.RetryAfter is null && (again || policy.RemediateLast))
            Remediate(status, release.Key, policy);
        if (again)
        {
            status.Condition("Reconciling", "True", "ProgressingWithRetry", message);
        }
        else
        {
            // Giving up is final: only then is the generation observed.
            status.Remove("Reconciling")
                .Condition("Stalled", "True", "RetriesExceeded", $"Failed to {action} after {failures} attempt(s)")
                .Observe();
        }

        return (await api.PatchStatusAsync(release.Key, status.Build(), cancellationToken), again);
    }

    private void Remediate(StatusEditor status, ReleaseKey key, RemediationPolicy policy)
    {
        if (policy.ByUninstall)
            registry.Remove(key);
        var how = policy.ByUninstall ? "uninstall" : "rollback";
        status.Condition("Remediated", "True", Past(how, "Succeeded"), $"Helm {how} succeeded for release {key}");
    }
}
