using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Explaining;

/// <summary>What GitHub was told and is to be told, as data for people.</summary>
internal static class ReportFacts
{
    public static ReportsExplanation Of(
        Snapshot snapshot, int number, EnvironmentDecision? decision, HelmRelease? release, FurtherReports further)
    {
        var deployment = snapshot.Deployments.GetValueOrDefault(number)
            ?? (release is null ? null : ReportedDeployment.Read(release));
        var comment = snapshot.Comments.GetValueOrDefault(number) ?? (release is null ? null : ReportedComment.Read(release));
        return new ReportsExplanation
        {
            Posted = decision?.Posted ?? (release is null
                ? snapshot.ReportedWithoutRelease.GetValueOrDefault(number)
                : (snapshot.Reported.GetValueOrDefault(release.Metadata.Uid) ?? ReportedStatus.Read(release))?.Status),
            Due = decision?.Report,
            Deployment = deployment?.Report,
            DueDeployment = decision?.Deployment,
            CommentId = comment is { Id: > 0 } ? comment.Id : null,
            CommentIsDue = decision?.Comment is not null,
            DueMergeGroups = [.. further.MergeGroups[number]],
            CleanupIsDue = further.Cleanups.Contains(number),
        };
    }
}
