using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>What people do with pull requests, written into the state.</summary>
internal sealed class PullRequestBook(GitHubState state)
{
    public GitHubPullRequest Open(string owner, string name, NewPullRequest request) => state.Change(owner, name, record =>
    {
        var number = request.Number ?? record.NextNumber();
        if (record.PullRequests.ContainsKey(number))
            throw new InvalidOperationException($"{owner}/{name}#{number} exists.");
        var now = state.Now;
        var pullRequest = new GitHubPullRequest
        {
            Number = number,
            Id = state.NextId(),
            Title = request.Title ?? $"Pull request {number}",
            Author = request.Author,
            HeadBranch = request.Branch ?? $"branch-{number}",
            HeadSha = request.Sha ?? MintSha(),
            HeadOwner = request.ForkOwner ?? owner,
            Fork = request is { ForkOwner: { } forkOwner, HeadRepositoryDeleted: false } ? Fork(record.Info, forkOwner) : null,
            HeadRepositoryDeleted = request.HeadRepositoryDeleted,
            BaseBranch = request.BaseBranch,
            BaseSha = MintSha(record.Info.Id, request.BaseBranch),
            Labels = [.. request.Labels],
            IsDraft = request.Draft,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (request.Files is { } files)
            pullRequest = pullRequest with { Files = [.. files.Select(path => new GitHubFile(path))] };
        record.Put(pullRequest);
        record.Change(info => info with { PushedAt = now });
        return pullRequest;
    });

    /// <summary>A new head commit; null makes one. With files: what the pull request changes now.</summary>
    public GitHubPullRequest Push(string owner, string name, int number, string? sha, IReadOnlyList<string>? files)
    {
        var pushed = Update(owner, name, number, pr => pr with
        {
            HeadSha = sha ?? MintSha(),
            Files = files is null ? pr.Files : [.. files.Select(path => new GitHubFile(path))],
        });
        state.Change(owner, name, record =>
        {
            record.Change(info => info with { PushedAt = state.Now });
            return true;
        });
        return pushed;
    }

    public GitHubPullRequest Close(string owner, string name, int number, bool merge) => Update(owner, name, number, pr => pr with
    {
        IsOpen = false,
        ClosedAt = state.Now,
        MergedAt = merge ? state.Now : null,
    });

    public GitHubPullRequest Reopen(string owner, string name, int number) => Update(owner, name, number, pr =>
        pr.MergedAt is null
            ? pr with { IsOpen = true, ClosedAt = null }
            : throw new InvalidOperationException("A merged pull request cannot be opened again."));

    /// <summary>Any other change: labels, draft, title, branches. GitHub's <c>updated_at</c> moves with it.</summary>
    public GitHubPullRequest Update(string owner, string name, int number, Func<GitHubPullRequest, GitHubPullRequest> change) =>
        state.Change(owner, name, record =>
        {
            var before = record.PullRequests.GetValueOrDefault(number)
                ?? throw new InvalidOperationException($"No pull request {owner}/{name}#{number}.");
            var after = change(before) with { Number = number, UpdatedAt = state.Now };
            record.Put(after);
            return after;
        });

    /// <summary>A commit id that no other call makes.</summary>
    private string MintSha() => MintSha(state.NextId(), "commit");

    private static string MintSha(long seed, string purpose)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{purpose}/{seed}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..40];
    }

    private GitHubRepository Fork(GitHubRepository parent, string owner) => parent with
    {
        Id = state.NextId(),
        Owner = owner,
        IsFork = true,
        OpenIssues = 0,
        CreatedAt = state.Now,
        PushedAt = state.Now,
    };
}
