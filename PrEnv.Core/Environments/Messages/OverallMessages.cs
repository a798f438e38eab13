using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>What the conditions of a resource say.</summary>
internal static class OverallMessages
{
    public const string Starting = "Reading the open pull requests.";

    public const string Suspended = "spec.suspend is true: nothing is read, written or deleted.";

    public const string Syncing = "Reading the HelmReleases of the cluster.";

    public const string FluxNotInstalled =
        "The cluster has no HelmRelease API (helm.toolkit.fluxcd.io/v2). "
        + "Install Flux's helm-controller and source-controller; PrEnv will then continue by itself.";

    public const string NotAskedYet = "GitHub has not been asked yet.";

    public const string Well = "All open pull requests are being handled.";

    public static string NoHealthChecks(string obstacle) => $"The environments cannot be checked. {obstacle}";

    public static string Moved(string name) =>
        $"The repository is now called {Text.Excerpt(name)}: update spec.githubPRRepository. Its environments keep working.";

    public static string Slowed(PollSlowdown slowdown) => string.Create(
        CultureInfo.InvariantCulture,
        $"GitHub's rate limit for this credential is nearly used up: {slowdown.Remaining} of {slowdown.Limit} requests are left "
        + $"until {Clock(slowdown.ResetAt)}. The next check is at {Clock(slowdown.NextCheck)}.");

    public static string Limited(string message, DateTimeOffset until) => $"{message} The next check is at {Clock(until)}.";

    public static string IntervalRaised(string interval, TimeSpan minimum) =>
        $"spec.interval {Text.Excerpt(interval)} is shorter than the minimum of {GoDuration.Format(minimum)}, which is used instead.";

    public const string NoActivePRs = "No active PRs found";

    public const string Ending = RowMessages.ResourceDeleted;

    public const string EndingSuspended =
        "spec.suspend is true, so nothing is deleted and this resource is waiting. "
        + "Set it to false to continue; with deletionPolicy Orphan the environments stay.";

    public const string EndingWithoutFlux = "Flux is not installed: there is nothing to delete.";

    public static string EndingUnseen(string destination) =>
        $"The HelmReleases in namespace {Text.Excerpt(destination)} cannot be seen, because this controller's --watch-namespaces does "
        + "not list it, so nothing is deleted and this resource is waiting. Add the namespace, or remove the resource's finalizer to leave "
        + "them.";

    public const string Ended = "The resource no longer has any HelmReleases.";

    public static string InvalidDeletionPolicy(string policy) =>
        $"spec.deletionPolicy is \"{Text.Excerpt(policy, 60)}\"; it must be Delete or Orphan. Nothing will be done until it is.";

    public static string Orphaning(int releases) =>
        $"deletionPolicy is Orphan: {(releases == 1 ? "1 HelmRelease stays" : $"{releases} HelmReleases stay")}.";

    public static string Uninstalling(int environments) =>
        $"{(environments == 1 ? "1 environment is" : $"{environments} environments are")} being uninstalled by Flux. "
        + "If Flux is gone for good, set spec.deletionPolicy to Orphan.";

    /// <summary>A time as people read it; a part of the sentences above.</summary>
    public static string Clock(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
