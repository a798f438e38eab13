using System.Collections.Immutable;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Planning;

/// <summary>The condition of a resource as a whole.</summary>
internal static class OverallVerdicts
{
    public static OverallVerdict Suspended { get; } = new("Unknown", Reasons.Suspended, OverallMessages.Suspended);

    public static OverallVerdict Syncing { get; } = new("Unknown", Reasons.Starting, OverallMessages.Syncing, Reconciling: true);

    public static OverallVerdict FluxMissing { get; } =
        new("False", Reasons.FluxNotInstalled, OverallMessages.FluxNotInstalled, Reconciling: true);

    /// <summary>For a spec with these problems; the fields concerned are the cause.</summary>
    public static OverallVerdict Invalid(ImmutableArray<SpecProblem> problems) => new(
        "False",
        problems.All(p => p.IsTemplate) ? Reasons.InvalidTemplate : Reasons.InvalidSpec,
        string.Join(" ", problems),
        Stalled: true)
    {
        Cause = string.Join(' ', problems.Select(p => p.Field)),
    };

    public static OverallVerdict Of(Snapshot snapshot, ImmutableArray<EnvironmentDecision> environments)
    {
        if (snapshot.Listing is PullRequestListing.Unavailable away)
            return Away(away);
        if (snapshot.Listing is not PullRequestListing.Complete complete)
            return new OverallVerdict("Unknown", Reasons.Starting, OverallMessages.NotAskedYet, Reconciling: true);
        foreach (var reason in (string[])[Reasons.NameConflict, Reasons.FieldOverridden])
        {
            var stuck = environments.Where(e => e.Reason == reason).ToList();
            if (stuck.Count > 0)
                return new OverallVerdict("False", reason, $"{Numbers(stuck)}: {stuck[0].Message}", Stalled: true);
        }

        var unread = environments.Where(e => e is { Reason: Reasons.NamespaceFailed }).ToList();
        if (unread.Count > 0)
            return new OverallVerdict("False", Reasons.NamespaceFailed, $"{Numbers(unread)}: {unread[0].Message}", Reconciling: true);
        var held = environments.Where(e => e.Phase == EnvironmentPhase.Held).ToList();
        if (held.Count > 0)
            return new OverallVerdict("False", Reasons.DeletionHeld, $"{Numbers(held)}: {held[0].Message}", Reconciling: true);
        if (snapshot.Probes.Values.Select(seen => seen.Obstacle).OfType<string>().Min(StringComparer.Ordinal) is { } obstacle)
        {
            var message = OverallMessages.NoHealthChecks(obstacle);
            return new OverallVerdict("False", Reasons.HealthCheckSecretInvalid, message, Reconciling: true);
        }

        var moved = complete.MovedTo is { } name ? " " + OverallMessages.Moved(name) : "";
        var slowed = complete.Slowdown is { } slowdown ? " " + OverallMessages.Slowed(slowdown) : "";
        return OverallVerdict.Well($"{OverallMessages.Well}{moved}{slowed}");
    }

    private static OverallVerdict Away(PullRequestListing.Unavailable away) => new(
        "False",
        away.Reason switch
        {
            UnavailableReason.TokenLoadFailed => Reasons.TokenLoadFailed,
            UnavailableReason.RateLimited => Reasons.RateLimited,
            _ => Reasons.PRFetchFailed,
        },
        away is { Reason: UnavailableReason.RateLimited, Until: { } until } ? OverallMessages.Limited(away.Message, until) : away.Message,
        Reconciling: true)
    {
        Cause = away.Reason.ToString(),
    };

    private static string Numbers(List<EnvironmentDecision> environments) => environments.Count switch
    {
        1 => $"PR {environments[0].PrNumber}",
        <= 5 => "PRs " + string.Join(", ", environments.Select(e => e.PrNumber)),
        _ => "PRs " + string.Join(", ", environments.Take(5).Select(e => e.PrNumber)) + $" and {environments.Count - 5} more",
    };
}
