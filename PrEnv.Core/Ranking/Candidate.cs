using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Ranking;

/// <summary>A pull request that is open and selected, as the ranking sees it.</summary>
/// <param name="PullRequest">As it is listed.</param>
/// <param name="Release">Its release; null if it has none yet.</param>
internal readonly record struct Candidate(PullRequest PullRequest, HelmRelease? Release);
