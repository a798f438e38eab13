using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Ranking;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments;

/// <summary>Sorts a snapshot by pull request and ranks the pull requests.</summary>
internal sealed class Inputs
{
    private readonly Snapshot snapshot;
    private readonly EnvironmentSpec spec;
    private readonly CommandEffects effects;
    private readonly Dictionary<int, PullRequest> listed;
    private readonly Dictionary<int, Rejection> rejected = [];
    private readonly ILookup<int, HelmRelease> owned;

    private Inputs(Snapshot snapshot, EnvironmentSpec spec, CommandEffects effects)
    {
        (this.snapshot, this.spec, this.effects) = (snapshot, spec, effects);
        listed = ((snapshot.Listing as PullRequestListing.Complete)?.PullRequests ?? []).ToDictionary(p => p.Number);
        owned = snapshot.Releases
            .Select(r => (Number: Ownership.PrNumberIfOwned(r, snapshot.Resource), Release: r))
            .Where(o => o.Number is not null)
            .ToLookup(o => o.Number!.Value, o => o.Release);
        foreach (var pullRequest in listed.Values)
        {
            if (Reject(pullRequest) is { } rejection) rejected.Add(pullRequest.Number, rejection);
        }
    }

    /// <summary>One input for each pull request that is listed or has a release, by number.</summary>
    public static IEnumerable<EnvironmentInput> Of(
        Snapshot snapshot, EnvironmentSpec spec, CommandEffects effects, ImmutableArray<CommandAnswer> answers) =>
        new Inputs(snapshot, spec, effects).All(answers);

    private IEnumerable<EnvironmentInput> All(ImmutableArray<CommandAnswer> answers)
    {
        var occupants = snapshot.Releases
            .Where(r => IsHere(r) && Ownership.PrNumberIfOwned(r, snapshot.Resource) is null)
            .GroupBy(r => r.Metadata.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var before = PreviousRows.Of(snapshot);
        var rebuilds = answers.Where(a => a is { Obeyed: true, Command.Verb: CommandVerb.Rebuild })
            .GroupBy(a => a.Command.PrNumber).ToDictionary(g => g.Key, g => Token(g.Last().Command));
        var candidates = listed.Values.Where(p => !rejected.ContainsKey(p.Number))
            .Select(p => new Candidate(p, owned[p.Number].FirstOrDefault()));
        var standings = Ranker.Rank(spec, [.. candidates]);

        return listed.Keys.Union(owned.Select(o => o.Key)).Order().Select(number =>
        {
            var pullRequest = listed.GetValueOrDefault(number);
            var here = owned[number].FirstOrDefault(IsHere);
            ImmutableArray<HelmRelease> elsewhere = owned[number].All(IsHere)
                ? []
                : [.. owned[number].Where(r => !IsHere(r)).OrderBy(r => r.Metadata.Namespace, StringComparer.Ordinal)];
            var existing = here ?? elsewhere.FirstOrDefault();
            return new EnvironmentInput
            {
                Snapshot = snapshot,
                Spec = spec,
                PrNumber = number,
                PullRequest = pullRequest,
                Rejection = rejected.GetValueOrDefault(number),
                Approval = pullRequest is null
                    ? null
                    : Approval.Of(pullRequest, spec, existing, snapshot.Reviews.GetValueOrDefault(number), effects),
                Standing = standings.TryGetValue(number, out var standing) ? standing : null,
                Rebuild = rebuilds.GetValueOrDefault(number),
                ListingIsComplete = snapshot.Listing is PullRequestListing.Complete,
                Current = here,
                Misplaced = elsewhere,
                Occupant = occupants.GetValueOrDefault(ReleaseNaming.NameOf(number)),
                Before = before[number],
                BeforeIsKnown = before.AreComplete,
            };
        });
    }

    private bool IsHere(HelmRelease release) => release.Metadata.Namespace == spec.DestinationNamespace;

    private Rejection? Reject(PullRequest pullRequest)
    {
        if (Selector.Reject(pullRequest, spec) is { } rejection) return rejection;
        return effects.Deleted.GetValueOrDefault(pullRequest.Number) == pullRequest.HeadSha
            ? new Rejection(Reasons.DeletedByCommand, RowMessages.DeletedByCommand)
            : null;
    }

    private static string Token(Command command) => string.Create(CultureInfo.InvariantCulture, $"comment-{command.CommentId}");
}
