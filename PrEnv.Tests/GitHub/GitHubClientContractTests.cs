using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Files;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub;
using PrEnv.Tests.GitHub.Apps;
using PrEnv.Tests.GitHub.Support;
using PrEnv.Tests.Sandbox;

namespace PrEnv.Tests.GitHub;

/// <summary>Would GitHub understand us? A proxy holds every request to GitHub's API description, and refuses with 422.</summary>
[Category("Contract")]
[CancelAfter(180_000)]
internal sealed class GitHubClientContractTests
{
    [Test]
    public async Task EveryCall_ThroughTheContractProxy_IsAccepted(CancellationToken cancellationToken)
    {
        await using var server = await GitHubServer.StartAsync(cancellationToken: cancellationToken);
        await using var proxy = await ContractProxy.StartAsync(server.BaseUrl, cancellationToken);
        server.PublicBaseUrl = proxy.BaseUrl;
        server.CreateRepository("acme", "shop");
        server.AddToken(GitHubClientHost.Token);
        server.Grant(GitHubClientHost.Token, "acme", "shop");
        for (var i = 0; i < 250; i++)
            server.OpenPullRequest("acme", "shop");
        await using var client = new GitHubClientHost(proxy.BaseUrl);
        server.SetRole("acme", "shop", "mona", "write");
        var since = server.Comment("acme", "shop", 1, "mona", "/prenv rebuild").CreatedAt.AddHours(-1);
        for (var i = 0; i < 150; i++)
            server.Comment("acme", "shop", 2, "mona", "chatter");
        var query = new CommandQuery(since, since, new HashSet<int> { 1, 2 }, ImmutableDictionary<long, DateTimeOffset>.Empty);
        var sha = server.FindPullRequest("acme", "shop", 1)!.HeadSha;
        var status = new CommitStatus(sha, "ephemeral-env/shop", CommitState.Success, "Ready", "https://pr-1.example.com/");

        // Twice each: the second time is conditional.
        for (var i = 0; i < 2; i++)
        {
            Assert.That(await client.ListNumbersAsync(), Has.Length.EqualTo(250));
            Assert.That(await client.PullRequests.GetStateAsync(client.Access, 7, cancellationToken), Is.EqualTo(PullRequestState.Open));
            Assert.That(
                await client.Get<IFilesSource>().ReadAsync(client.Access, 1, sha, cancellationToken), Is.InstanceOf<ChangedFiles.Known>());
            Assert.That(
                await client.Statuses.PostAsync(client.Access, status, cancellationToken), Is.InstanceOf<WriteResult<CommitStatus>.Done>());
            Assert.That(
                await client.Statuses.ReadAsync(client.Access, sha, status.Context, cancellationToken),
                Is.EqualTo(new StatusReading(true, status)));
            var commands = await client.Get<ICommandSource>().ReadAsync(client.Access, query, cancellationToken);
            Assert.That(
                commands.Commands.Select(c => (c.PrNumber, c.Verb)), Is.EqualTo(((int, CommandVerb)[])[(1, CommandVerb.Rebuild)]),
                commands.Problem);
        }
    }

    [Test]
    public async Task EveryCall_AsApp_ThroughTheContractProxy_IsAccepted(CancellationToken cancellationToken)
    {
        await using var world = await AppWorld.StartAsync();
        await using var proxy = await ContractProxy.StartAsync(world.Server.BaseUrl, cancellationToken);
        world.Server.PublicBaseUrl = proxy.BaseUrl;
        var sha = world.Server.OpenPullRequest("acme", "shop").HeadSha;
        var access = world.Access with { ApiUrl = proxy.BaseUrl };

        Assert.That(await world.Client.ListNumbersAsync(access), Is.EqualTo((int[])[1]));
        Assert.That(
            await world.Client.Statuses.PostAsync(access, new CommitStatus(sha, "c", CommitState.Success, "", null), cancellationToken),
            Is.InstanceOf<WriteResult<CommitStatus>.Done>());

        // By the repository's id now, and by the user's address of the installation.
        world.Advance(TimeSpan.FromHours(1));
        Assert.That(await world.Client.ListNumbersAsync(access), Is.EqualTo((int[])[1]));
        world.Server.ChangeInstallation(world.Installation.Id, i => i with { IsOrganization = false });
        Assert.That(await world.Client.ListNumbersAsync(access with { Permissions = AppPermissions.Read }), Is.EqualTo((int[])[1]));
        Assert.That(world.Server.InstallationTokens, Has.Count.EqualTo(3));
    }
}
