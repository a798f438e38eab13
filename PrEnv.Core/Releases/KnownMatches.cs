using System.Runtime.CompilerServices;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>
/// Remembers of each release's spec what it was last found to be as wished for. Nearly every release is at nearly every check, and
/// rendering large values each time would cost more than everything else. Thread-safe; what it forgets is found out again.
/// </summary>
internal static class KnownMatches
{
    private static readonly ConditionalWeakTable<HelmReleaseSpec, Match> Known = [];

    /// <summary>Is the spec as the template renders it, others' additions aside?</summary>
    public static bool IsAsRendered(ReleaseTemplate template, PullRequest pullRequest, HelmReleaseSpec found)
    {
        if (Known.TryGetValue(found, out var known) && known.IsOf(template, pullRequest))
            return true;
        if (!SpecDifference.Of(template.Render(pullRequest), found).IsEmpty)
            return false;
        Known.AddOrUpdate(found, new Match(template, pullRequest));
        return true;
    }

    private sealed class Match(ReleaseTemplate template, PullRequest pullRequest)
    {
        private readonly PullRequest? _pullRequest = template.UsesText ? pullRequest : null;
        private readonly int _number = pullRequest.Number;
        private readonly string _sha = pullRequest.HeadSha;

        // A template that is made anew by each check must not keep the first one alive.
        private ReleaseTemplate _template = template;

        public bool IsOf(ReleaseTemplate template, PullRequest pullRequest)
        {
            if (!ReferenceEquals(_template, template))
            {
                if (!_template.Equals(template))
                    return false;
                _template = template;
            }

            return _pullRequest is null
                ? _number == pullRequest.Number && _sha == pullRequest.HeadSha
                : _pullRequest.Equals(pullRequest);
        }
    }
}
