using System.Collections.Immutable;
using PrEnv.Core.Explaining;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Client;

/// <summary>What is known of a resource.</summary>
/// <param name="Snapshot">What was gathered.</param>
/// <param name="Plan">The plan for it; null: GitHub was not asked.</param>
/// <param name="Gaps">What may not be read, in sentences.</param>
internal sealed record Findings(Snapshot Snapshot, Plan? Plan, ImmutableArray<string> Gaps)
{
    /// <summary>Why GitHub could not be asked; null if it could, or need not be.</summary>
    public PullRequestListing.Unavailable? GitHubProblem => Snapshot.Listing as PullRequestListing.Unavailable;

    /// <summary>What else GitHub is to be told.</summary>
    public FurtherReports Further { get; init; } = FurtherReports.None;

    public PlanExplanation Explain() => Explainer.Explain(Snapshot, Plan!, Further);

    public EnvironmentExplanation? Explain(int number) => Explainer.Environment(Snapshot, Plan, number, Further);
}
