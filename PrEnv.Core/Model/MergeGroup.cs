using System.Globalization;
using System.Text.RegularExpressions;

namespace PrEnv.Core.Model;

/// <summary>
/// A merge group of GitHub's merge queue: a commit that has the changes of a pull request, on top of those that are before it in the queue,
/// and must pass the required checks before it becomes the head of the target branch. See
/// https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group.
/// </summary>
/// <param name="PrNumber">The pull request.</param>
/// <param name="Sha">The group's head commit.</param>
public sealed partial record MergeGroup(int PrNumber, string Sha)
{
    /// <summary>The group that a delivery tells of; null when it names no pull request or no commit.</summary>
    /// <param name="headRef">For example <c>refs/heads/gh-readonly-queue/main/pr-104-2f9b…</c>.</param>
    /// <param name="headSha">The full name of the commit, in any case.</param>
    public static MergeGroup? Read(string? headRef, string? headSha)
    {
        var sha = headSha?.ToLowerInvariant();
        return headRef is not null && Model.Sha.IsCommit(sha) && Branch().Match(headRef) is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? new MergeGroup(number, sha)
                : null;
    }

    // The target branch may have slashes in its name, and look like one of these itself.
    [GeneratedRegex(@"^refs/heads/gh-readonly-queue/.+/pr-([0-9]{1,10})-[0-9a-fA-F]{40,64}\z")]
    private static partial Regex Branch();
}
