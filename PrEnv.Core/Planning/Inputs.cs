using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Planning;

/// <summary>Sorts a snapshot by pull request.</summary>
internal static class Inputs
{
    /// <summary>One input for each pull request that is listed or has a release, by number.</summary>
    public static IEnumerable<EnvironmentInput> Of(Snapshot snapshot, EnvironmentSpec spec)
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

        return listed.Keys.Union(owned.Select(o => o.Key)).Order().Select(number =>
        {
            var pullRequest = listed.GetValueOrDefault(number);
            return new EnvironmentInput
            {
                Snapshot = snapshot,
                Spec = spec,
                PrNumber = number,
                PullRequest = pullRequest,
                Rejection = pullRequest is null ? null : Selector.Reject(pullRequest, spec),
                ListingIsComplete = complete is not null,
                Current = owned[number].FirstOrDefault(r => r.Metadata.Namespace == spec.DestinationNamespace),
                Misplaced = [.. owned[number].Where(r => r.Metadata.Namespace != spec.DestinationNamespace).OrderBy(r => r.Metadata.Namespace, StringComparer.Ordinal)],
                Occupant = occupants.GetValueOrDefault(ReleaseNaming.NameOf(number)),
                Before = before[number],
                BeforeIsKnown = before.AreComplete,
            };
        });
    }
}
