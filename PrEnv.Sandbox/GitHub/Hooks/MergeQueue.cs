using System.Security.Cryptography;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Hooks;

/// <summary>
/// A merge queue whose groups hold one pull request each, as they are delivered. See
/// https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group.
/// </summary>
internal sealed class MergeQueue(GitHubState state, WebhookSender webhooks)
{
    /// <summary>Makes a group and gives its head commit.</summary>
    public string Add(string owner, string name, int number, string baseUrl)
    {
        var sha = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        state.Change(owner, name, record =>
        {
            record.AddCommit(sha);
            return true;
        });
        Tell(owner, name, number, sha, "checks_requested", reason: null, baseUrl);
        return sha;
    }

    public void Destroy(string owner, string name, int number, string sha, string reason, string baseUrl) =>
        Tell(owner, name, number, sha, "destroyed", reason, baseUrl);

    private void Tell(string owner, string name, int number, string sha, string action, string? reason, string baseUrl)
    {
        var (repository, pullRequest) = state.Read(owner, name, record => (record.Info, record.PullRequests[number]));
        webhooks.Tell(
            repository.FullName, "merge_group", action,
            () => WebhookBodies.MergeGroup(repository, pullRequest, (action, reason), sha, baseUrl));
    }
}
