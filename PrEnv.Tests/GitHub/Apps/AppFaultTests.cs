using System.Security.Cryptography;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;

namespace PrEnv.Tests.GitHub.Apps;

/// <summary>Each thing that can be wrong with an App has words of its own, which say what to do.</summary>
[CancelAfter(120_000)]
internal sealed class AppFaultTests
{
    [Test]
    public async Task ListAsync_AnotherAppsKey_SaysThatIdAndKeyDoNotBelongTogether()
    {
        using var other = RSA.Create(2048);
        await ExpectAsync(
            world => world.AccessOf(world.Access.Credential.App! with { PrivateKey = other.ExportPkcs8PrivateKeyPem() }),
            _ => { },
            "githubAppID and githubAppPrivateKey do not match");
    }

    [Test]
    public async Task ListAsync_NoSuchApp_SaysTheSame() => await ExpectAsync(
        world => world.AccessOf(world.Access.Credential.App! with { AppId = "999" }), _ => { }, "rejected the key of App 999 (401)");

    [Test]
    public async Task ListAsync_NotInstalled_SaysWhereToInstallIt() => await ExpectAsync(
        world => world.Access, world => world.Server.UninstallApp(world.Installation.Id),
        "is not installed for acme (404): install it there");

    [Test]
    public async Task ListAsync_WrongInstallationId_NamesTheKeyOfTheSecret() => await ExpectAsync(
        world => world.AccessOf(world.Access.Credential.App! with { InstallationId = 4711, Owner = "" }),
        _ => { },
        "has no installation 4711 (404): correct githubAppInstallationID");

    [Test]
    public async Task ListAsync_Suspended_SaysSo() => await ExpectAsync(
        world => world.Access,
        world => world.Server.ChangeInstallation(world.Installation.Id, i => i with { IsSuspended = true }),
        "its installation is suspended");

    [Test]
    public async Task ListAsync_PermissionMissing_NamesAllThatAreNeeded() => await ExpectAsync(
        world => world.Access,
        world => world.Server.ChangeInstallation(
            world.Installation.Id, i => i with { Permissions = i.Permissions.Remove("pull_requests") }),
        "lacks a permission (422). It needs pull_requests: read, statuses: write");

    [Test]
    public async Task ListAsync_RepositoryNotSelected_SaysToAddIt() => await ExpectAsync(
        world => world.Access,
        world => world.Server.ChangeInstallation(world.Installation.Id, i => i with { Repositories = [] }),
        "has no access to acme/shop (422): add the repository to its installation");

    [Test]
    public async Task ListAsync_InstalledAnewUnderAnotherId_IsFoundAtTheNextLook()
    {
        await using var world = await AppWorld.StartAsync();
        await world.Client.ListNumbersAsync(world.Access);
        world.Server.UninstallApp(world.Installation.Id);
        world.Server.InstallApp(world.App, "acme", AppWorld.Permissions);
        world.Advance(TimeSpan.FromHours(1));
        await world.Client.ListUnavailableAsync(world.Access);

        Assert.That(await world.Client.ListNumbersAsync(world.Access), Is.Empty);
    }

    private static async Task ExpectAsync(Func<AppWorld, RepositoryAccess> access, Action<AppWorld> spoil, string words)
    {
        await using var world = await AppWorld.StartAsync();
        spoil(world);

        var listing = await world.Client.ListUnavailableAsync(access(world));
        var post = await world.Client.Statuses.PostAsync(
            access(world), new CommitStatus(new string('a', 40), "c", CommitState.Success, "", null), CancellationToken.None);

        Assert.That(listing.Reason, Is.EqualTo(UnavailableReason.Unauthorized));
        Assert.That(listing.Message, Does.Contain(words));
        Assert.That((post as WriteResult<CommitStatus>.Failed)?.Message, Is.EqualTo(listing.Message));
    }
}
