using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.Demo;

/// <summary>Pull request 22, from its opening to its end.</summary>
internal sealed class DemoStory(GitHubServer github, DemoCluster cluster, bool installs, Storyteller tell)
{
    public const string Owner = "manisbindra";
    public const string Repository = "ephemeral-app";
    public const string ResourceName = "pr-eph-env-ctrlr-1";

    private const int Number = 22;
    private const string Release = "relpr-22";
    private const string Namespace = "pr-22";

    private int _told;

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await cluster.UntilResourceIsReadyAsync(ResourceName, cancellationToken);
        tell.See($"kubectl wait --for=condition=Ready prcontroller/{ResourceName}: condition met");

        var first = github.OpenPullRequest(
            Owner, Repository, new NewPullRequest { Number = Number, Title = "Add due dates", Branch = "due-dates" });
        tell.Act($"Opened PR {Number} at {Sha.Short(first.HeadSha)}");
        await cluster.UntilReleaseAsync(Release, first.HeadSha, cancellationToken);
        tell.See($"HelmRelease {Release} exists with prNumber {Number} and prSHA {Sha.Short(first.HeadSha)}");
        await UntilStatusAsync(first.HeadSha, "pending", cancellationToken);
        await UntilStatusAsync(first.HeadSha, "success", cancellationToken);
        await SeePageAsync(cancellationToken);

        var second = github.Push(Owner, Repository, Number);
        tell.Act($"Pushed {Sha.Short(second.HeadSha)} to PR {Number}");
        await cluster.UntilReleaseAsync(Release, second.HeadSha, cancellationToken);
        tell.See($"HelmRelease {Release} now has prSHA {Sha.Short(second.HeadSha)}; the old revision is still responding");
        await UntilStatusAsync(second.HeadSha, "pending", cancellationToken);
        await UntilStatusAsync(second.HeadSha, "success", cancellationToken);
        await SeePageAsync(cancellationToken);

        github.Close(Owner, Repository, Number);
        tell.Act($"Closed PR {Number}");
        await cluster.UntilReleaseAsync(Release, null, cancellationToken);
        tell.See($"HelmRelease {Release} and its environment have been removed");
        if (installs && await cluster.ReadPageAsync(Namespace, cancellationToken) is null)
            tell.See($"kubectl get namespace {Namespace}: not found");
    }

    /// <summary>What Helm has really made of the chart.</summary>
    private async Task SeePageAsync(CancellationToken cancellationToken)
    {
        if (installs && await cluster.ReadPageAsync(Namespace, cancellationToken) is { } page)
            tell.See($"kubectl get configmap page -n {Namespace}: {page}");
    }

    private async Task UntilStatusAsync(string sha, string state, CancellationToken cancellationToken)
    {
        await github.UntilAsync(server => server.Statuses(Owner, Repository, sha).Any(s => s.State == state), cancellationToken);
        foreach (var status in github.Statuses(Owner, Repository).Skip(_told))
        {
            tell.See($"GitHub shows {status.State,-7} for {Sha.Short(status.Sha)}: {status.Description}");
            _told++;
        }
    }
}
