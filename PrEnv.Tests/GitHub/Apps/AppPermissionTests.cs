using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub.Faults;

namespace PrEnv.Tests.GitHub.Apps;

/// <summary>What an installation has not granted costs the App that feature, and no other.</summary>
[CancelAfter(120_000)]
internal sealed class AppPermissionTests
{
    private const string InstallationRoute = "GET /app/installations/{id:long}";

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task EveryCall_OptionalPermissionsMissing_FailsOnlyWhereTheyAreNeeded()
    {
        await using var world = await AppWorld.StartAsync();
        var (access, open) = (All(world), world.Server.OpenPullRequest("acme", "shop"));

        Assert.That(await world.Client.ListNumbersAsync(access), Is.EqualTo((int[])[open.Number]));
        Assert.That(await PostAsync(world, access, open.HeadSha), Is.InstanceOf<WriteResult<CommitStatus>.Done>());
        Assert.That(
            await world.Client.Get<IDeploymentWriter>().CreateAsync(access, open.HeadSha, "pr-1", "t", Ct),
            Is.InstanceOf<WriteResult<long>.Failed>().With.Property("Why").EqualTo(WriteFailure.Forbidden)
                .And.Property("Message").Contains("has not granted deployments: write. Add it in the App's settings"));
        Assert.That(
            await CommentAsync(world, access, open.Number),
            Is.InstanceOf<WriteResult<long>.Failed>().With.Property("Why").EqualTo(WriteFailure.Forbidden)
                .And.Property("Message").Contains("has not granted pull_requests: write."));
    }

    [Test]
    public async Task PostAsync_StatusesNotGranted_NamesThePermissionAndTheListingGoesOn()
    {
        await using var world = await AppWorld.StartAsync();
        Change(world, p => p.Remove("statuses"));
        var open = world.Server.OpenPullRequest("acme", "shop");

        Assert.That(await world.Client.ListNumbersAsync(world.Access), Is.EqualTo((int[])[open.Number]));
        Assert.That(
            await PostAsync(world, world.Access, open.HeadSha),
            Is.InstanceOf<WriteResult<CommitStatus>.Failed>().With.Property("Message").Contains("has not granted statuses: write."));
    }

    [Test]
    public async Task FindAsync_DeploymentsNotGranted_IsForbiddenAndNoPassingError()
    {
        await using var world = await AppWorld.StartAsync();
        var open = world.Server.OpenPullRequest("acme", "shop");

        var search = await world.Client.Get<IDeploymentWriter>().FindAsync(All(world), open.HeadSha, "pr-1", "t", Ct);
        Assert.That((search.Problem as WriteResult<long>.Failed)?.Why, Is.EqualTo(WriteFailure.Forbidden));
    }

    [Test]
    public async Task CreateAsync_IssuesGrantedInsteadOfPullRequests_WritesTheComment()
    {
        await using var world = await AppWorld.StartAsync();
        Change(world, p => p.SetItem("issues", "write"));
        var open = world.Server.OpenPullRequest("acme", "shop");

        Assert.That(await CommentAsync(world, All(world), open.Number), Is.InstanceOf<WriteResult<long>.Done>());
    }

    [Test]
    public async Task GetAsync_PermissionGrantedLater_IsUsedAfterTenMinutesAndWhatStaysMissingCostsNoNewToken()
    {
        await using var world = await AppWorld.StartAsync();
        var (access, open) = (All(world), world.Server.OpenPullRequest("acme", "shop"));
        await world.Client.ListNumbersAsync(access);
        for (var i = 0; i < 10; i++)
        {
            world.Advance(TimeSpan.FromMinutes(2));
            await world.Client.ListNumbersAsync(access);
        }

        Assert.That(world.Server.InstallationTokens, Has.Count.EqualTo(1));
        Assert.That(world.Server.Requests.Counters.Of(InstallationRoute), Is.EqualTo(3), "at first, and every ten minutes");
        Change(world, p => p.SetItem("deployments", "write"));
        world.Advance(TimeSpan.FromMinutes(10));
        Assert.That(
            await world.Client.Get<IDeploymentWriter>().CreateAsync(access, open.HeadSha, "pr-1", "t", Ct),
            Is.InstanceOf<WriteResult<long>.Done>());
    }

    [Test]
    public async Task GetAsync_EverythingGrantedLater_AsksForNoGrantsAnyMore()
    {
        await using var world = await AppWorld.StartAsync();
        Change(world, p => p.Remove("statuses"));
        await world.Client.ListNumbersAsync(world.Access);
        Change(world, p => p.SetItem("statuses", "write"));
        world.Advance(TimeSpan.FromMinutes(10));
        await world.Client.ListNumbersAsync(world.Access);
        var asked = world.Server.Requests.Counters.Of(InstallationRoute);
        for (var i = 0; i < 12; i++)
        {
            world.Advance(TimeSpan.FromMinutes(10));
            await world.Client.ListNumbersAsync(world.Access);
        }

        Assert.That(world.Server.Requests.Counters.Of(InstallationRoute), Is.EqualTo(asked));
    }

    [Test]
    public async Task GetAsync_PermissionWithdrawn_CostsTheFeatureOnceTheTokenIsRenewed()
    {
        await using var world = await AppWorld.StartAsync();
        await world.Client.ListNumbersAsync(world.Access);
        Change(world, p => p.Remove("statuses"));
        world.Advance(TimeSpan.FromHours(1));

        Assert.That(await world.Client.ListNumbersAsync(world.Access), Is.Empty);
    }

    [Test]
    public async Task GetAsync_GrantsCannotBeReadWhileTheTokenIsValid_UsesTheToken()
    {
        await using var world = await AppWorld.StartAsync();
        await world.Client.ListNumbersAsync(All(world));
        world.Server.Faults.Add(
            new FaultRule { Method = "GET", Path = "^/app/installations/", Times = null, Effect = new FaultEffect.Answer(502) });
        world.Advance(TimeSpan.FromMinutes(11));

        Assert.That(await world.Client.ListNumbersAsync(All(world)), Is.Empty);
    }

    private static RepositoryAccess All(AppWorld world) => world.Access with
    {
        Permissions = AppPermissions.CommitStatuses | AppPermissions.Deployments | AppPermissions.Comments,
    };

    private static void Change(
        AppWorld world, Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change) =>
        world.Server.ChangeInstallation(world.Installation.Id, i => i with { Permissions = change(i.Permissions) });

    private static Task<WriteResult<CommitStatus>> PostAsync(AppWorld world, RepositoryAccess access, string sha) =>
        world.Client.Statuses.PostAsync(access, new CommitStatus(sha, "c", CommitState.Success, "", null), Ct);

    private static Task<WriteResult<long>> CommentAsync(AppWorld world, RepositoryAccess access, int number) =>
        world.Client.Get<ICommentWriter>().CreateAsync(access, number, "Hello", Ct);
}
