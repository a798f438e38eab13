using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Releases;

/// <summary>
/// What is known of the activity on a pull request, in an annotation of its release. GitHub does not say when a head commit was pushed,
/// or a label changed: what differs from how it looked before has happened since.
/// </summary>
/// <param name="At">When something last happened, to the second; by the controller's clock.</param>
/// <param name="Look">How the pull request looked then, see <see cref="LookOf"/>.</param>
public sealed record Activity(DateTimeOffset At, string Look)
{
    private const int LookLength = 16;

    /// <summary>Reads the annotation; null if it is missing or not valid.</summary>
    public static Activity? Read(HelmRelease release)
    {
        if (release.Metadata.Annotation(OwnerLabels.ActivityAnnotation) is not { } text || text.IndexOf('/') is not (> 0 and var end))
            return null;
        var look = text[(end + 1)..];
        return look.Length == LookLength && Timestamp.Parse(text.AsSpan(0, end)) is { } at ? new Activity(at, look) : null;
    }

    /// <summary>The same pull request now, after something has happened.</summary>
    public static Activity Of(DateTimeOffset now, string look) => new(Timestamp.Truncate(now), look);

    /// <summary>
    /// A short name for what people do to a pull request: its head commit, whether that was approved, and its labels. Another one is proof
    /// of activity.
    /// </summary>
    /// <param name="pullRequest">As it is listed.</param>
    /// <param name="isApproved">Was the head commit of a fork approved?</param>
    public static string LookOf(PullRequest pullRequest, bool isApproved)
    {
        var labels = pullRequest.Labels is { } known ? string.Join('\n', known.Names) : "?";
        return Fingerprint.Of($"{pullRequest.HeadSha}\n{(isApproved ? "approved" : "")}\n{labels}", LookLength);
    }

    /// <summary>The annotation's value.</summary>
    public override string ToString() => $"{Timestamp.Format(At)}/{Look}";
}
