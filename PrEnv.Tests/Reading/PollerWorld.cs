using Moq;
using PrEnv.Controller.GitHub.PullRequests;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Reading;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Spec;
using PrEnv.Sandbox.GitHub;
using PrEnv.Tests.GitHub.Support;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reading;

/// <summary>The poller, over HTTP to something that plays GitHub. The clock moves from one look to the next.</summary>
internal sealed class PollerWorld : IAsyncDisposable
{
    private readonly Mock<ISecretReader> _secrets = new();
    private readonly RateLimitingQueue<ResourceKey> _queue;
    private readonly EnvironmentSpec _spec;
    private readonly ListingPoller _poller;

    public PollerWorld(Uri apiUrl)
    {
        Client = new GitHubClientHost(apiUrl);
        _queue = new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.Zero, TimeSpan.Zero), Client.Time);
        Hints = new PullRequestHints(_queue);
        _spec = Some.Spec() with { ApiUrl = apiUrl, Owner = "acme", Repository = "shop" };
        _secrets.Setup(s => s.ReadAsync("default", "tokensecret", "token", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new SecretReading(GitHubClientHost.Token, null));
        _poller = new ListingPoller(
            Client.Get<IPullRequestSource>(), new CredentialReader(_secrets.Object), Hints,
            new EnvironmentMetrics(new MetricsRegistry()), Client.Time, new Random(1));
    }

    public GitHubClientHost Client { get; }

    public PullRequestHints Hints { get; }

    public ResourceMemory Memory { get; } = new();

    /// <summary>A double with the repository and the token.</summary>
    public static async Task<GitHubServer> StartGitHubAsync()
    {
        var server = await GitHubServer.StartAsync();
        server.CreateRepository("acme", "shop");
        server.AddToken(GitHubClientHost.Token);
        server.Grant(GitHubClientHost.Token, "acme", "shop");
        return server;
    }

    /// <summary>What the endpoint does with a delivery of that pull request.</summary>
    public void Deliver(GitHubPullRequestFacts said) =>
        Deliver(said.Number, new ExpectedPullRequest(said.IsOpen, said.HeadSha));

    public void Deliver(int number, ExpectedPullRequest said) => Hints.PullRequestChanged(Some.Key, number, said);

    public async Task<PullRequestListing.Complete> ListAsync(string? requestedAt = null)
    {
        var listing = await _poller.ListAsync(Some.Resource(requestedAt), _spec, Memory, TestContext.CurrentContext.CancellationToken);
        Assert.That(listing, Is.InstanceOf<PullRequestListing.Complete>());
        return (PullRequestListing.Complete)listing;
    }

    public async Task<PullRequestState> ConfirmAsync(int number) =>
        (await _poller.ConfirmAsync([number], Memory, TestContext.CurrentContext.CancellationToken))[number];

    /// <summary>Waits as the queue would: until the next question, or the next listing.</summary>
    public void WaitForTheNextLook()
    {
        var now = Client.Time.GetUtcNow();
        var next = Memory.Expected.NextCheck is { } question && question < Memory.Listing!.Due ? question : Memory.Listing!.Due;
        Client.Time.Advance(next > now ? next - now : TimeSpan.FromMilliseconds(100));
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Dispose();
        await Client.DisposeAsync();
    }
}

/// <summary>What a delivery says.</summary>
internal readonly record struct GitHubPullRequestFacts(int Number, bool IsOpen, string? HeadSha);
