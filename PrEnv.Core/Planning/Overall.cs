using System.Collections.Immutable;
using PrEnv.Core.Environments;
using PrEnv.Core.Environments.Rules;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Planning;

/// <summary>How the resource as a whole is, and what of that is news.</summary>
internal static class Overall
{
    public static OverallVerdict Of(Snapshot snapshot, ImmutableArray<EnvironmentDecision> environments)
    {
        if (snapshot.Listing is PullRequestListing.Unavailable away) return Away(away);
        if (snapshot.Listing is null) return new OverallVerdict("Unknown", OverallVerdict.StartingReason, "GitHub was not asked yet.", Reconciling: true);

        var conflicts = environments.Where(e => e.Reason == RefuseTakenName.Reason).ToList();
        if (conflicts.Count > 0)
            return new OverallVerdict("False", EventReasons.NameConflict, $"{Numbers(conflicts)}: {conflicts[0].Message}", Stalled: true);

        var held = environments.Where(e => e.Phase == EnvironmentPhase.Held).ToList();
        return held.Count > 0
            ? new OverallVerdict("False", EventReasons.DeletionHeld, $"{Numbers(held)}: {held[0].Message}", Reconciling: true)
            : OverallVerdict.Well($"Every open pull request is looked after.{Moved(snapshot)}{Slowed(snapshot)}");
    }

    /// <summary>Without GitHub's word nobody knows what the environments are for; those of a lost repository or token are held, and say so.</summary>
    public static EnvironmentDecision Hold(EnvironmentInput input, EnvironmentDecision decision)
    {
        if (input.Snapshot.Listing is not PullRequestListing.Unavailable away || decision.Phase == EnvironmentPhase.Deleting) return decision;
        return away.Reason is UnavailableReason.NotFound or UnavailableReason.Unauthorized or UnavailableReason.Moved or UnavailableReason.TokenLoadFailed
            ? decision with { Phase = EnvironmentPhase.Held, Reason = away.Reason.ToString(), Message = $"Nothing is deleted: {away.Message}", Events = [] }
            : decision;
    }

    public static IEnumerable<PlannedEvent> Events(Snapshot snapshot, EnvironmentSpec spec, OverallVerdict overall, int? open)
    {
        if (snapshot.Listing is PullRequestListing.Unavailable)
        {
            foreach (var told in OnChange(snapshot, overall, overall.Reason)) yield return told;
        }

        if (IsNews(snapshot, Moved(snapshot))) yield return PlannedEvent.Warning(EventReasons.RepositoryMoved, "List", Moved(snapshot)[1..]);
        if (IsNews(snapshot, SlowedUntil(snapshot))) yield return PlannedEvent.Warning(EventReasons.RateLimited, "List", Slowed(snapshot)[1..]);

        if (open == 0 && snapshot.Resource.Status?.OpenPullRequests is not 0)
            yield return PlannedEvent.Normal(EventReasons.NoActivePRs, "List", "No active PRs found");

        foreach (var told in RaisedInterval(snapshot, spec)) yield return told;
    }

    /// <summary>Told once for each generation.</summary>
    public static IEnumerable<PlannedEvent> RaisedInterval(Snapshot snapshot, EnvironmentSpec spec)
    {
        if (spec.IntervalWasRaised && snapshot.Resource.Status?.ObservedGeneration != snapshot.Resource.Metadata.Generation)
        {
            yield return PlannedEvent.Warning(
                EventReasons.InvalidSpec, "Validate",
                $"spec.interval {Text.Excerpt(snapshot.Resource.Spec.Interval ?? "")} is shorter than {GoDuration.Format(EnvironmentSpec.MinimumInterval)}, which is used instead.");
        }
    }

    /// <summary>A warning, if the resource was not in this state for this reason already.</summary>
    public static IEnumerable<PlannedEvent> OnChange(Snapshot snapshot, OverallVerdict overall, string reason)
    {
        var ready = snapshot.Resource.Status?.Condition("Ready");
        if (ready?.Reason != overall.Reason || ready.Message != overall.Message)
            yield return PlannedEvent.Warning(reason, "Reconcile", overall.Message);
    }

    /// <summary>A sentence, with a blank before it; empty when the repository bears the name that was asked for.</summary>
    private static string Moved(Snapshot snapshot) => snapshot.Listing is PullRequestListing.Complete { MovedTo: { } name }
        ? $" The repository is now called {Text.Excerpt(name)}: write that into spec.githubPRRepository. Its environments go on working."
        : "";

    /// <summary>The part of the warning that stays the same until the limit is renewed.</summary>
    private static string SlowedUntil(Snapshot snapshot) => snapshot.Listing is PullRequestListing.Complete { Slowdown: { } slowdown }
        ? $"rate limit of this credential is nearly used up until {Clock(slowdown.ResetAt)}"
        : "";

    private static string Slowed(Snapshot snapshot) => snapshot.Listing is PullRequestListing.Complete { Slowdown: { } slowdown }
        ? string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $" GitHub's {SlowedUntil(snapshot)}, {slowdown.Remaining} of {slowdown.Limit} requests are left: the next look is at {Clock(slowdown.NextLook)}.")
        : "";

    private static bool IsNews(Snapshot snapshot, string told) =>
        told.Length > 0 && snapshot.Resource.Status?.Condition("Ready")?.Message.Contains(told, StringComparison.Ordinal) != true;

    private static string Clock(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);

    private static OverallVerdict Away(PullRequestListing.Unavailable away) => new(
        "False",
        away.Reason switch
        {
            UnavailableReason.TokenLoadFailed => EventReasons.TokenLoadFailed,
            UnavailableReason.RateLimited => EventReasons.RateLimited,
            _ => EventReasons.PRFetchFailed,
        },
        away is { Reason: UnavailableReason.RateLimited, Until: { } until } ? $"{away.Message} The next look is at {Clock(until)}." : away.Message,
        Reconciling: true);

    private static string Numbers(List<EnvironmentDecision> environments) =>
        environments.Count switch
        {
            1 => $"PR {environments[0].PrNumber}",
            <= 5 => "PRs " + string.Join(", ", environments.Select(e => e.PrNumber)),
            _ => "PRs " + string.Join(", ", environments.Take(5).Select(e => e.PrNumber)) + $" and {environments.Count - 5} more",
        };
}
