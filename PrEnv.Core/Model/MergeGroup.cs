using System.Globalization;

namespace PrEnv.Core.Model;

/// <summary>
/// A merge group of GitHub's merge queue: a commit that has the changes of a pull request, on top of those that are before it in the queue,
/// and must pass the required checks before it becomes the head of the target branch. See
/// https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group.
/// </summary>
/// <param name="PrNumber">The pull request.</param>
/// <param name="Sha">The group's head commit.</param>
public sealed record MergeGroup(int PrNumber, string Sha)
{
    private const string Queue = "refs/heads/gh-readonly-queue/";

    /// <summary>The group that a delivery tells of; null when it names no pull request or no commit.</summary>
    /// <param name="headRef">For example <c>refs/heads/gh-readonly-queue/main/pr-104-2f9b…</c>.</param>
    /// <param name="headSha">The full name of the commit, in any case.</param>
    public static MergeGroup? Read(string? headRef, string? headSha)
    {
        var sha = headSha?.ToLowerInvariant();
        return headRef is not null && Model.Sha.IsCommit(sha) && NumberIn(headRef) is { } number ? new MergeGroup(number, sha) : null;
    }

    // The target branch, which may have slashes in its name and look like one of these itself, stands between.
    private static int? NumberIn(string headRef)
    {
        var end = headRef.LastIndexOf('/');
        return headRef.StartsWith(Queue, StringComparison.Ordinal) && end > Queue.Length
            && headRef[(end + 1)..].Split('-') is ["pr", var digits, var parent] && Model.Sha.IsCommit(parent.ToLowerInvariant())
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : null;
    }
}
