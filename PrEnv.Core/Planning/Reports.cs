using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Planning;

/// <summary>Which commit status is due. Nothing is posted that was posted already.</summary>
internal static class Reports
{
    // https://docs.github.com/en/rest/commits/statuses
    private const int MaxDescription = 140;

    public const string Pending = "pending";

    public const string Success = "success";

    public const string Failure = "failure";

    /// <summary>What is posted right after a release was created or its spec changed.</summary>
    public static CommitStatus? AfterApply(EnvironmentInput input, PullRequest pullRequest, HelmRelease? existing) =>
        input.Spec.Readiness is Readiness.Applied
            ? Due(input, pullRequest, existing, Success, Sentences.Submitted)
            : Due(input, pullRequest, existing, Pending, Sentences.InProgress);

    /// <summary>The status, unless it is the one that was posted last.</summary>
    public static CommitStatus? Due(EnvironmentInput input, PullRequest pullRequest, HelmRelease? release, string state, string description)
    {
        if (input.Spec.StatusContext is not { } context) return null;
        var status = new CommitStatus(pullRequest.HeadSha, context, state, Text.Excerpt(description, MaxDescription), input.Url(pullRequest));
        return release is not null && input.ReportedFor(release)?.Status == status ? null : status;
    }
}
