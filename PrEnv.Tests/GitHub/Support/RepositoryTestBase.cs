using PrEnv.Sandbox.GitHub;

namespace PrEnv.Tests.GitHub.Support;

/// <summary>For each test, a GitHub with the private repository <c>acme/shop</c>, and a client whose token may write there.</summary>
[CancelAfter(120_000)]
internal abstract class RepositoryTestBase
{
    private GitHubServer? _server;
    private GitHubClientHost? _client;

    protected GitHubServer Server => _server!;

    protected GitHubClientHost Client => _client!;

    protected static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    /// <summary>How GitHub is started; asked once for each test.</summary>
    protected virtual GitHubServerOptions Options => new();

    [SetUp]
    public async Task StartGitHubAsync()
    {
        _client = null;
        _server = await GitHubServer.StartAsync(Options);
        _server.CreateRepository("acme", "shop", isPrivate: true);
        _server.AddToken(GitHubClientHost.Token, login: "bot");
        _server.Grant(GitHubClientHost.Token, "acme", "shop");
        _server.SetRole("acme", "shop", "bot", "write");
        _client = new GitHubClientHost(_server.BaseUrl);
    }

    [TearDown]
    public async Task StopGitHubAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
