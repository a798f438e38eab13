using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments.Messages;

/// <summary>
/// Recognises the reason of a commit status by its description, where nothing better is available: GitHub stores no reasons, and neither
/// did the annotations of earlier versions. This is the only place that derives a meaning from a sentence.
/// </summary>
public static class PostedReasons
{
    // What earlier versions posted stays here when a description changes: it may stand on any open pull request.
    private const string FormerNeedsApproval = "Comes from a fork: somebody with write permission has to approve this commit in a review";

    private const string TimedOut = "Ephemeral environment for PR did not become ready within ";

    private const string Failed = "Ephemeral environment for PR failed: ";

    /// <summary>The status with its reason and the pull request that it names, as far as they are known.</summary>
    public static CommitStatus WithReason(CommitStatus status)
    {
        if (status.Reason is not null)
            return status;
        return About(status.Description) is var (number, text)
            ? Told(status, text) with { About = number }
            : Told(status, status.Description);
    }

    // "PR 22: ..."; see StatusDescriptions.About.
    private static (int Number, string Text)? About(string? description)
    {
        if (description is null || !description.StartsWith("PR ", StringComparison.Ordinal))
            return null;
        var end = description.IndexOf(": ", StringComparison.Ordinal);
        return end > 0 && int.TryParse(description.AsSpan(3..end), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, description[(end + 2)..])
            : null;
    }

    private static CommitStatus Told(CommitStatus status, string? text) =>
        status with { Reason = ReasonOf(text), Place = PlaceIn(text), Check = CheckIn(text)?.Check };

    private static (string Reason, string Check)? CheckIn(string? description) =>
        description is null ? null : CheckMessages.Read(description);

    private static int? PlaceIn(string? description) => description is null ? null : QueueMessages.Read(description);

    // An annotation may lack it: anyone with access can edit annotations.
    private static string? ReasonOf(string? description) => description switch
    {
        null => null,
        StatusDescriptions.Submitted => Reasons.Applied,
        StatusDescriptions.InProgress => Reasons.Progressing,
        StatusDescriptions.Succeeded => Reasons.EnvReady,
        StatusDescriptions.BecameUnhealthy => Reasons.EnvUnhealthy,
        StatusDescriptions.NeedsApproval or FormerNeedsApproval => Reasons.ApprovalRequired,
        _ when description.StartsWith(StatusDescriptions.NoEnvironment, StringComparison.Ordinal) => Reasons.PRSkipped,
        _ when QueueMessages.Read(description) is not null => Reasons.LimitReached,
        _ when CheckMessages.Read(description) is { } told => told.Reason,
        _ when description.StartsWith(TimedOut, StringComparison.Ordinal) => Reasons.HealthCheckTimeout,
        _ when description.StartsWith(Failed, StringComparison.Ordinal) => description[Failed.Length..],
        _ => null,
    };
}
