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
        "The cluster knows no HelmReleases (helm.toolkit.fluxcd.io/v2). "
        + "Install Flux's helm-controller and source-controller; the rest happens by itself.";

    public const string NotAskedYet = "GitHub was not asked yet.";

    public const string Well = "Every open pull request is looked after.";

    public static string Moved(string name) =>
        $"The repository is now called {Text.Excerpt(name)}: write that into spec.githubPRRepository. Its environments go on working.";

    public static string Slowed(PollSlowdown slowdown) => string.Create(
        CultureInfo.InvariantCulture,
        $"GitHub's rate limit of this credential is nearly used up until {Clock(slowdown.ResetAt)}, "
        + $"{slowdown.Remaining} of {slowdown.Limit} requests are left: the next look is at {Clock(slowdown.NextLook)}.");

    public static string Limited(string message, DateTimeOffset until) => $"{message} The next look is at {Clock(until)}.";

    public static string IntervalRaised(string interval, TimeSpan minimum) =>
        $"spec.interval {Text.Excerpt(interval)} is shorter than {GoDuration.Format(minimum)}, which is used instead.";

    public const string NoActivePRs = "No active PRs found";

    public const string Ending = "Is being deleted.";

    public const string EndingSuspended =
        "spec.suspend is true, so nothing is deleted, and this resource waits. "
        + "Set it to false to go on; with deletionPolicy Orphan the environments stay.";

    public const string EndingWithoutFlux = "Flux is not installed: there is nothing to delete.";

    public const string Ended = "It has no HelmReleases any more.";

    public static string InvalidDeletionPolicy(string policy) =>
        $"spec.deletionPolicy is \"{Text.Excerpt(policy, 60)}\"; it must be Delete or Orphan. Nothing is done until it is.";

    public static string Orphaning(int releases) =>
        $"deletionPolicy is Orphan: "
        + $"{(releases == 1 ? "1 HelmRelease is left to itself" : $"{releases} HelmReleases are left to themselves")}.";

    public static string Uninstalling(int environments) =>
        $"{(environments == 1 ? "1 environment is" : $"{environments} environments are")} being uninstalled by Flux. "
        + "If Flux is gone for good, set spec.deletionPolicy to Orphan.";

    /// <summary>A time as people read it; a part of the sentences above.</summary>
    public static string Clock(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
