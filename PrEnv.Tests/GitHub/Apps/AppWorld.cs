using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Apps;

/// <summary>A private repository, an App that is installed for it, and a client that is this App.</summary>
internal sealed class AppWorld : IAsyncDisposable
{
    private static readonly Lazy<(string Private, string Public)> Keys = new(() =>
    {
        using var key = RSA.Create(2048);
        return (key.ExportRSAPrivateKeyPem(), key.ExportSubjectPublicKeyInfoPem());
    });

    private AppWorld(GitHubServer server, GitHubClientHost client, FakeTimeProvider time)
    {
        Server = server;
        Client = client;
        ServerTime = time;
        App = server.RegisterApp(Keys.Value.Public);
        server.CreateRepository("acme", "shop", isPrivate: true);
        Installation = server.InstallApp(App, "acme", Permissions);
    }

    public static string PrivateKey => Keys.Value.Private;

    public static IReadOnlyDictionary<string, string> Permissions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["pull_requests"] = "read",
        ["statuses"] = "write",
        ["contents"] = "write",
    };

    public GitHubServer Server { get; }

    public GitHubClientHost Client { get; }

    public GitHubApp App { get; }

    public AppInstallation Installation { get; }

    /// <summary>By the repository's owner, as when the Secret names neither installation nor owner.</summary>
    public RepositoryAccess Access =>
        AccessOf(new AppIdentity(App.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), null, "acme", PrivateKey));

    public static async Task<AppWorld> StartAsync(TimeSpan clockAhead = default)
    {
        var time = new FakeTimeProvider(GitHubClientHost.Start + clockAhead);
        var server = await GitHubServer.StartAsync(new GitHubServerOptions { TimeProvider = time });
        return new AppWorld(server, new GitHubClientHost(server.BaseUrl), time);
    }

    /// <summary>GitHub's clock.</summary>
    public FakeTimeProvider ServerTime { get; }

    public RepositoryAccess AccessOf(AppIdentity app, string owner = "acme", string name = "shop") =>
        new(Server.BaseUrl, owner, name, GitHubCredential.FromApp(app)) { Permissions = AppPermissions.CommitStatuses };

    /// <summary>Moves both clocks.</summary>
    public void Advance(TimeSpan time)
    {
        ServerTime.Advance(time);
        Client.Time.Advance(time);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
