using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments;

/// <summary>Sorts a snapshot by pull request.</summary>
internal static class Inputs
{
    /// <summary>One input for each pull request that is listed or has a release, by number.</summary>
    public static IEnumerable<EnvironmentInput> Of(Snapshot snapshot, EnvironmentSpec spec, Orders orders, ImmutableArray<CommandAnswer> answers)
    {
        var complete = snapshot.Listing as PullRequestListing.Complete;
        var listed = (complete?.PullRequests ?? []).ToDictionary(p => p.Number);
        var owned = snapshot.Releases
            .Select(r => (Number: Ownership.PrNumberIfOwned(r, snapshot.Resource), Release: r))
            .Where(o => o.Number is not null)
            .ToLookup(o => o.Number!.Value, o => o.Release);
        var occupants = snapshot.Releases
            .Where(r => r.Metadata.Namespace == spec.DestinationNamespace && Ownership.PrNumberIfOwned(r, snapshot.Resource) is null)
            .GroupBy(r => r.Metadata.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var before = PreviousRows.Of(snapshot);
        var rebuilds = answers.Where(a => a is { Obeyed: true, Command.Verb: CommandVerb.Rebuild })
            .GroupBy(a => a.Command.PrNumber).ToDictionary(g => g.Key, g => Token(g.Last().Command));

        return listed.Keys.Union(owned.Select(o => o.Key)).Order().Select(number =>
        {
            var pullRequest = listed.GetValueOrDefault(number);
            var here = owned[number].FirstOrDefault(r => r.Metadata.Namespace == spec.DestinationNamespace);
            ImmutableArray<HelmRelease> elsewhere = owned[number].All(r => r.Metadata.Namespace == spec.DestinationNamespace)
                ? []
                : [.. owned[number].Where(r => r.Metadata.Namespace != spec.DestinationNamespace).OrderBy(r => r.Metadata.Namespace, StringComparer.Ordinal)];
            return new EnvironmentInput
            {
                Snapshot = snapshot,
                Spec = spec,
                PrNumber = number,
                PullRequest = pullRequest,
                Rejection = pullRequest is null ? null : Selector.Reject(pullRequest, spec) ?? Deleted(pullRequest, orders),
                Approval = pullRequest is null ? null : Approval.Of(pullRequest, spec, here ?? elsewhere.FirstOrDefault(), snapshot.Reviews.GetValueOrDefault(number), orders),
                Rebuild = rebuilds.GetValueOrDefault(number),
                ListingIsComplete = complete is not null,
                Current = here,
                Misplaced = elsewhere,
                Occupant = occupants.GetValueOrDefault(ReleaseNaming.NameOf(number)),
                Before = before[number],
                BeforeIsKnown = before.AreComplete,
            };
        });
    }

    private static Rejection? Deleted(PullRequest pullRequest, Orders orders) =>
        orders.Deleted.GetValueOrDefault(pullRequest.Number) == pullRequest.HeadSha
            ? new Rejection("DeletedByCommand", "Its environment was deleted by a command in a comment. The next push, or the command /prenv rebuild, brings it back.")
            : null;

    private static string Token(Command command) => string.Create(CultureInfo.InvariantCulture, $"comment-{command.CommentId}");
}
