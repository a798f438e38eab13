using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Composition;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.PullRequests;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Core.Model;

namespace PrEnv.Tests.GitHub.Support;

/// <summary>The adapters as they are registered, and a clock that stands still.</summary>
internal class GitHubClientHost : IAsyncDisposable
{
    public const string Token = "ghp_averysecrettokenthatnobodymaysee";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    public GitHubClientHost(Uri apiUrl, GitHubClientOptions? options = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(options ?? new GitHubClientOptions());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddPrEnvGitHub();
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Access = new RepositoryAccess(apiUrl, "acme", "shop", GitHubCredential.FromToken(Token));
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public CapturedLog Log { get; } = new();

    public RepositoryAccess Access { get; }

    public IPullRequestSource PullRequests => Get<IPullRequestSource>();

    public ICommitStatusReporter Statuses => Get<ICommitStatusReporter>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Ends with the test, even when the adapter would not.</summary>
    public Task<PullRequestListing> ListAsync(RepositoryAccess? access = null, CancellationToken cancellationToken = default) =>
        PullRequests.ListAsync(access ?? Access, cancellationToken).WaitAsync(TestContext.CurrentContext.CancellationToken);

    /// <summary>The pull requests of a listing that must be complete.</summary>
    public async Task<IReadOnlyList<PullRequest>> ListCompleteAsync(RepositoryAccess? access = null)
    {
        var listing = await ListAsync(access);
        Assert.That(listing, Is.InstanceOf<PullRequestListing.Complete>());
        return ((PullRequestListing.Complete)listing).PullRequests;
    }

    /// <summary>The numbers of a listing that must be complete.</summary>
    public async Task<int[]> ListNumbersAsync(RepositoryAccess? access = null) =>
        [.. (await ListCompleteAsync(access)).Select(pullRequest => pullRequest.Number)];

    /// <summary>The failure of a listing that must fail.</summary>
    public async Task<PullRequestListing.Unavailable> ListUnavailableAsync(RepositoryAccess? access = null) =>
        Unavailable(await ListAsync(access));

    public static PullRequestListing.Unavailable Unavailable(PullRequestListing listing)
    {
        Assert.That(listing, Is.InstanceOf<PullRequestListing.Unavailable>());
        return (PullRequestListing.Unavailable)listing;
    }

    public string Epoch(TimeSpan fromNow) =>
        (Time.GetUtcNow() + fromNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public virtual ValueTask DisposeAsync() => _services.DisposeAsync();
}
