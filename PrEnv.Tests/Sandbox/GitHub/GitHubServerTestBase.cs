using Microsoft.Extensions.Time.Testing;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.Sandbox.GitHub;

/// <summary>A double with one repository, <c>acme/shop</c>, and a token that may write it, on a clock of its own.</summary>
[CancelAfter(120_000)]
internal abstract class GitHubServerTestBase
{
    protected const string Owner = "acme";
    protected const string Repo = "shop";
    protected const string Pulls = "repos/acme/shop/pulls";
    protected const string Token = "token-of-the-bot";

    protected FakeTimeProvider Time { get; private set; } = null!;

    protected GitHubServer Server { get; private set; } = null!;

    protected RawGitHub GitHub { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        Server = await GitHubServer.StartAsync(Configure(new GitHubServerOptions { TimeProvider = Time }));
        GitHub = new RawGitHub(Server.BaseUrl);
        Server.CreateRepository(Owner, Repo, id: 77);
        Server.AddToken(Token, login: "bot");
        Server.Grant(Token, Owner, Repo, AccessLevel.Push);
    }

    [TearDown]
    public async Task StopAsync()
    {
        GitHub.Dispose();
        await Server.DisposeAsync();
    }

    protected virtual GitHubServerOptions Configure(GitHubServerOptions options) => options;

    protected void Open(int count)
    {
        for (var i = 0; i < count; i++)
            Server.OpenPullRequest(Owner, Repo);
    }
}
