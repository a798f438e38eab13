using System.Text.Json.Nodes;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub.Faults;

namespace PrEnv.Tests.GitHub.Apps;

/// <summary>A GitHub App instead of a token, against a double that verifies its JWT by its public key.</summary>
[CancelAfter(120_000)]
internal sealed class AppTokenTests
{
    private const string Mint = "POST /app/installations/{id:long}/access_tokens";

    [Test]
    public async Task EveryCall_AsApp_WorksWithOneToken()
    {
        await using var world = await AppWorld.StartAsync();
        var open = world.Server.OpenPullRequest("acme", "shop");
        var status = new CommitStatus(open.HeadSha, "c", CommitState.Success, "", null);

        Assert.That(await world.Client.ListNumbersAsync(world.Access), Is.EqualTo((int[])[open.Number]));
        Assert.That(
            await world.Client.Statuses.PostAsync(world.Access, status, CancellationToken.None),
            Is.InstanceOf<WriteResult<CommitStatus>.Done>());

        Assert.That(world.Server.Requests.Counters.Of(Mint), Is.EqualTo(1));
        Assert.That(world.Server.Statuses("acme", "shop").Single().Creator, Is.EqualTo("prenv[bot]"));
    }

    [Test]
    public async Task GetAsync_Token_IsNarrowedToTheRepositoryAndThePermissionsInUse()
    {
        await using var world = await AppWorld.StartAsync();
        world.Server.CreateRepository("acme", "other", isPrivate: true);
        await world.Client.ListNumbersAsync(world.Access with { Permissions = AppPermissions.Read });
        var token = GitHubCredential.FromToken(world.Server.InstallationTokens.Single());
        var sha = world.Server.OpenPullRequest("acme", "shop").HeadSha;

        var other = await world.Client.ListUnavailableAsync(world.Access with { Name = "other", Credential = token });
        var post = await world.Client.Statuses.PostAsync(
            world.Access with { Credential = token }, new CommitStatus(sha, "c", CommitState.Success, "", null), CancellationToken.None);

        Assert.That(other.Reason, Is.EqualTo(UnavailableReason.NotFound));
        Assert.That((post as WriteResult<CommitStatus>.Failed)?.Message, Does.EndWith("GitHub requires statuses=write."));
    }

    [Test]
    public async Task GetAsync_TokenNearItsEnd_IsRenewedBeforeAnythingIsRefused()
    {
        await using var world = await AppWorld.StartAsync();
        await world.Client.ListNumbersAsync(world.Access);
        for (var i = 0; i < 36; i++)
        {
            world.Advance(TimeSpan.FromMinutes(5));
            await world.Client.ListNumbersAsync(world.Access);
        }

        Assert.That(world.Server.Requests.Entries.Select(e => e.Status), Has.None.EqualTo(401));
        Assert.That(world.Server.InstallationTokens, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task ListAsync_TokenRenewed_CostsOneRequestForEachPageAndNoMore()
    {
        await using var world = await AppWorld.StartAsync();
        await world.Client.ListNumbersAsync(world.Access);
        world.Advance(TimeSpan.FromMinutes(56));
        await world.Client.ListNumbersAsync(world.Access);
        world.Server.Requests.Reset();

        await world.Client.ListNumbersAsync(world.Access);

        Assert.That(world.Server.Requests.Counters.Charged, Is.Zero);
        Assert.That(world.Server.InstallationTokens, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ListAsync_TokenRevokedBetweenPages_IsReplacedAndTheListingIsComplete()
    {
        await using var world = await AppWorld.StartAsync();
        for (var i = 0; i < 150; i++)
            world.Server.OpenPullRequest("acme", "shop");
        world.Server.Faults.Add(new FaultRule { Page = 2, Effect = new FaultEffect.Answer(401, """{"message":"Bad credentials"}""") });

        Assert.That(await world.Client.ListNumbersAsync(world.Access), Has.Length.EqualTo(150));
        Assert.That(world.Server.InstallationTokens, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ListAsync_EveryTokenIsRefused_IsUnauthorizedAfterOneMoreTry()
    {
        await using var world = await AppWorld.StartAsync();
        world.Server.Faults.Add(
            new FaultRule { Path = "/pulls$", Times = null, Effect = new FaultEffect.Answer(401, """{"message":"Bad credentials"}""") });

        Assert.That((await world.Client.ListUnavailableAsync(world.Access)).Reason, Is.EqualTo(UnavailableReason.Unauthorized));
        Assert.That(world.Server.InstallationTokens, Has.Count.EqualTo(2));
    }

    [TestCase(60)]
    [TestCase(-60)]
    [TestCase(3)]
    public async Task GetAsync_ClockIsWrong_TakesGitHubs(int minutesAhead)
    {
        await using var world = await AppWorld.StartAsync(TimeSpan.FromMinutes(minutesAhead));

        Assert.That(await world.Client.ListNumbersAsync(world.Access), Is.Empty);
    }

    [Test]
    public async Task GetAsync_InstallationOfAUser_IsFound()
    {
        await using var world = await AppWorld.StartAsync();
        world.Server.ChangeInstallation(world.Installation.Id, i => i with { IsOrganization = false });

        Assert.That(await world.Client.ListNumbersAsync(world.Access), Is.Empty);
    }

    [Test]
    public async Task GetAsync_InstallationIdIsGiven_IsNotLookedUp()
    {
        await using var world = await AppWorld.StartAsync();
        var access = world.AccessOf(world.Access.Credential.App! with { InstallationId = world.Installation.Id, Owner = "" });

        Assert.That(await world.Client.ListNumbersAsync(access), Is.Empty);
        Assert.That(world.Server.Requests.Counters.ByRoute.Keys, Has.None.EndsWith("/installation"));
    }

    [Test]
    public async Task GetAsync_ClientId_IsAsGoodAsTheAppsId()
    {
        await using var world = await AppWorld.StartAsync();

        Assert.That(
            await world.Client.ListNumbersAsync(world.AccessOf(world.Access.Credential.App! with { AppId = world.App.ClientId })),
            Is.Empty);
    }

    [Test]
    public async Task ListAsync_RepositoryRenamedAfterTheFirstToken_GoesOn()
    {
        await using var world = await AppWorld.StartAsync();
        await world.Client.ListNumbersAsync(world.Access);
        world.Server.RenameRepository("acme", "shop", "acme", "store");
        world.Advance(TimeSpan.FromHours(2));

        Assert.That(((PullRequestListing.Complete)await world.Client.ListAsync(world.Access)).MovedTo, Is.EqualTo("acme/store"));
    }

    [Test]
    public async Task ListAsync_ManyRepositories_ShareTheInstallationsLimit()
    {
        await using var world = await AppWorld.StartAsync();
        world.Server.CreateRepository("acme", "other", isPrivate: true);
        world.Server.Faults.Add(new FaultRule { Path = "/pulls$", Effect = new FaultEffect.SecondaryLimit(403, 90) });
        await world.Client.ListUnavailableAsync(world.Access);

        var other = await world.Client.ListUnavailableAsync(world.Access with { Name = "other" });

        Assert.That(other.Until, Is.EqualTo(world.Client.Time.GetUtcNow().AddSeconds(90)));
        Assert.That(world.Server.Requests.Entries.Count(e => e.Target.Contains("/pulls?", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task AnyCall_AsApp_ShowsNeitherTokenNorKey()
    {
        await using var world = await AppWorld.StartAsync();
        await world.Client.ListNumbersAsync(world.Access);
        world.Server.UninstallApp(world.Installation.Id);
        world.Advance(TimeSpan.FromHours(1));
        var failure = await world.Client.ListUnavailableAsync(world.Access);
        string[] said =
        [
            .. world.Client.Log.Lines, failure.ToString(), world.Access.ToString(), world.Access.Credential.ToString(),
            world.Access.Credential.App!.ToString(),
        ];

        Assert.That(
            said, Has.None.Contains(world.Server.InstallationTokens.Single()).And.None.Contains("PRIVATE KEY").And.None.Contains("eyJ"));
    }

    [Test]
    public void Names_OfThePermissions_AreGitHubs() => Assert.That(
        JsonNode.DeepEquals(
            JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(AppPermissionNames.Of(AppPermissions.CommitStatuses))),
            JsonNode.Parse("""{"pull_requests":"read","statuses":"write"}""")),
        Is.True);
}
