using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.PullRequests;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Reading;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reading;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ListingPollerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly Mock<IPullRequestSource> _source = new();
    private readonly Mock<ISecretReader> _secrets = new();
    private readonly ResourceMemory _memory = new();
    private readonly RateLimitingQueue<ResourceKey> _queue;
    private readonly PullRequestHints _hints;

    public ListingPollerTests()
    {
        _queue = new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.Zero, TimeSpan.Zero), _time);
        _hints = new PullRequestHints(_queue);
    }

    public void Dispose() => _queue.Dispose();

    [SetUp]
    public void SetUp()
    {
        _secrets.Setup(s => s.ReadAsync("default", "tokensecret", "token", It.IsAny<CancellationToken>())).ReturnsAsync(
            new SecretReading("t0ken", null));
        Answers(Some.Listing(22));
    }

    [Test]
    public async Task List_WithinTheInterval_AsksOnce()
    {
        await ListAsync();
        _time.Advance(TimeSpan.FromSeconds(50));
        var listing = await ListAsync();

        Assert.That(listing, Is.EqualTo(Some.Listing(22)).Using<PullRequestListing>(SameNumbers));
        AssertAsked(1);
    }

    [Test]
    public async Task List_AfterTheIntervalAndItsJitter_AsksAgain()
    {
        await ListAsync();
        _time.Advance(TimeSpan.FromSeconds(67));
        await ListAsync();

        AssertAsked(2);
    }

    [Test]
    public async Task List_JitterOverManyListings_StaysWithinTenPercent()
    {
        var reader = new ListingPoller(
            _source.Object, new CredentialReader(_secrets.Object), _hints, new EnvironmentMetrics(new MetricsRegistry()), _time,
            new Random(1));
        for (var i = 0; i < 200; i++)
        {
            var fresh = new ResourceMemory();
            await reader.ListAsync(Some.Resource(), Some.Spec(), fresh, CancellationToken.None);
            Assert.That(fresh.Listing!.Due - _time.GetUtcNow(), Is.InRange(TimeSpan.FromSeconds(54), TimeSpan.FromSeconds(66)));
        }
    }

    [Test]
    public async Task List_ReconcileIsRequested_AsksAtOnceAndOnlyOnce()
    {
        await ListAsync();
        await ListAsync(requestedAt: "now");
        await ListAsync(requestedAt: "now");

        AssertAsked(2);
    }

    [Test]
    public async Task List_RateLimited_AsksNothingUntilThen_NotEvenOnRequest()
    {
        Answers(new PullRequestListing.Unavailable(UnavailableReason.RateLimited, "Wait.", Some.Now.AddMinutes(10)));
        await ListAsync();
        _time.Advance(TimeSpan.FromMinutes(9));
        await ListAsync(requestedAt: "now");
        AssertAsked(1);

        _time.Advance(TimeSpan.FromMinutes(1));
        await ListAsync();
        AssertAsked(2);
    }

    [Test]
    public async Task List_KeepsFailing_BacksOffToTheIntervalAndNoFurther()
    {
        Answers(new PullRequestListing.Unavailable(UnavailableReason.ServerError, "GitHub failed."));
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            await ListAsync();
            var wait = _memory.Listing!.Due - _time.GetUtcNow();
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
        }

        Assert.That(waits, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 }));
    }

    [Test]
    public async Task List_SecretIsMissing_SaysSoWithoutAskingGitHub_AndRecoversByItself()
    {
        _secrets.Setup(s => s.ReadAsync("default", "tokensecret", "token", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new SecretReading(null, "Secret default/tokensecret does not exist; create it."));
        var before = await ListAsync();
        Assert.That(
            before,
            Is.EqualTo(
                new PullRequestListing.Unavailable(
                    UnavailableReason.TokenLoadFailed, "Secret default/tokensecret does not exist; create it.")));
        AssertAsked(0);

        _secrets.Setup(s => s.ReadAsync("default", "tokensecret", "token", It.IsAny<CancellationToken>())).ReturnsAsync(
            new SecretReading("t0ken", null));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await ListAsync(), Is.InstanceOf<PullRequestListing.Complete>());
    }

    [Test]
    public async Task Confirm_SameListing_AsksOnceForEachPullRequest()
    {
        _source.Setup(s => s.GetStateAsync(It.IsAny<RepositoryAccess>(), 7, It.IsAny<CancellationToken>())).ReturnsAsync(
            PullRequestState.Open);
        var reader = Reader();
        await reader.ListAsync(Some.Resource(), Some.Spec(), _memory, CancellationToken.None);
        await reader.ConfirmAsync([7], _memory, CancellationToken.None);
        var again = await reader.ConfirmAsync([7], _memory, CancellationToken.None);

        Assert.That(again[7], Is.EqualTo(PullRequestState.Open));
        _source.Verify(s => s.GetStateAsync(It.IsAny<RepositoryAccess>(), 7, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task Confirm_NewListing_AsksAgain()
    {
        _source.Setup(s => s.GetStateAsync(It.IsAny<RepositoryAccess>(), 7, It.IsAny<CancellationToken>())).ReturnsAsync(
            PullRequestState.Open);
        var reader = Reader();
        for (var i = 0; i < 2; i++)
        {
            await reader.ListAsync(Some.Resource(), Some.Spec(), _memory, CancellationToken.None);
            await reader.ConfirmAsync([7], _memory, CancellationToken.None);
            _time.Advance(TimeSpan.FromMinutes(2));
        }

        _source.Verify(s => s.GetStateAsync(It.IsAny<RepositoryAccess>(), 7, It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Test]
    public async Task List_PullRequestsWereAnnounced_ReadsThoseAlone()
    {
        await ListAsync();
        Reads(22, new PullRequestReading(PullRequestState.Open, Some.PullRequest(22, NewSha)));
        Reads(23, new PullRequestReading(PullRequestState.Open, Some.PullRequest(23)));
        _hints.PullRequestChanged(Some.Key, 23);
        _hints.PullRequestChanged(Some.Key, 22);

        var listing = (PullRequestListing.Complete)await ListAsync();

        Assert.That(listing.PullRequests.Select(p => (p.Number, p.HeadSha)), Is.EqualTo(new[] { (22, NewSha), (23, Some.Sha) }));
        AssertAsked(1);
        Assert.That(await ListAsync(), Is.SameAs(listing), "said once, read once");
    }

    [Test]
    public async Task List_ClosureWasAnnounced_IsProofAtOnce()
    {
        await ListAsync();
        Reads(22, new PullRequestReading(PullRequestState.Closed, null));
        _hints.PullRequestChanged(Some.Key, 22);

        var reader = Reader();
        var listing = (PullRequestListing.Complete)await reader.ListAsync(Some.Resource(), Some.Spec(), _memory, CancellationToken.None);
        var confirmed = await reader.ConfirmAsync([22], _memory, CancellationToken.None);

        Assert.That(listing.PullRequests, Is.Empty);
        Assert.That(confirmed[22], Is.EqualTo(PullRequestState.Closed));
        _source.Verify(s => s.GetStateAsync(It.IsAny<RepositoryAccess>(), It.IsAny<int>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task List_AnnouncedPullRequestCannotBeRead_ListsAll()
    {
        await ListAsync();
        Reads(22, new PullRequestReading(PullRequestState.Unknown, null));
        _hints.PullRequestChanged(Some.Key, 22);
        await ListAsync();

        AssertAsked(2);
    }

    [Test]
    public async Task List_ManyWereAnnounced_ListsAll()
    {
        await ListAsync();
        foreach (var number in (int[])[1, 2, 3, 4])
            _hints.PullRequestChanged(Some.Key, number);
        await ListAsync();

        AssertAsked(2);
    }

    [Test]
    public async Task List_AnnouncedBeforeAnythingIsKnown_ListsAll()
    {
        _hints.PullRequestChanged(Some.Key, 22);
        await ListAsync();

        AssertAsked(1);
    }

    [Test]
    public async Task List_AnnouncedUnderARateLimit_Waits()
    {
        Answers(new PullRequestListing.Unavailable(UnavailableReason.RateLimited, "Wait.", Some.Now.AddMinutes(10)));
        await ListAsync();
        _hints.PullRequestChanged(Some.Key, 22);
        await ListAsync();

        AssertAsked(1);
    }

    [Test]
    public async Task List_WebhookIsAlive_RelaxesUpToTenTimes_AndReturnsWhenOneIsMissed()
    {
        await ListAsync();
        Reads(22, new PullRequestReading(PullRequestState.Open, Some.PullRequest(22)));
        _hints.PullRequestChanged(Some.Key, 22);
        await ListAsync();
        var intervals = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            if (i == 5)
                Answers(Some.Listing(22, 23));
            _time.Advance(_memory.Listing!.Due - _time.GetUtcNow());
            await ListAsync();
            intervals.Add((_memory.Listing!.Due - _time.GetUtcNow()).TotalMinutes);
        }

        Assert.That(intervals, Is.EqualTo(new double[] { 2, 4, 8, 10, 10, 1 }).Using<double>((a, b) => Math.Abs(a - b) <= 0.1 * b));
    }

    [Test]
    public async Task List_WithoutAWebhook_KeepsItsInterval()
    {
        for (var i = 0; i < 5; i++)
        {
            await ListAsync();
            Assert.That(_memory.Listing!.Due - _time.GetUtcNow(), Is.LessThan(TimeSpan.FromSeconds(67)));
            _time.Advance(_memory.Listing!.Due - _time.GetUtcNow());
        }
    }

    [Test]
    public async Task List_WithAWebhook_CountsWhatNoDeliveryAnnounced_FromTheFirstListingOn()
    {
        var registry = new MetricsRegistry();
        var poller = new ListingPoller(
            _source.Object, new CredentialReader(_secrets.Object), _hints, new EnvironmentMetrics(registry), _time, new Random(1));
        var spec = Some.Spec() with { WebhookSecret = new SecretKey("default", "hook", "token") };
        var counts = new List<string>();
        foreach (var listing in (PullRequestListing[])[Some.Listing(22), Some.Listing(22, 23, 24), Some.Listing(22, 23, 24)])
        {
            Answers(listing);
            await poller.ListAsync(Some.Resource(), spec, _memory, CancellationToken.None);
            counts.Add((await Scrapes.LinesAsync(registry, "prenv_webhook_missed")).Single().Split(' ')[1]);
            _time.Advance(_memory.Listing!.Due - _time.GetUtcNow());
        }

        Assert.That(counts, Is.EqualTo((string[])["0", "2", "2"]));
    }

    [Test]
    public async Task ListAgain_BeforeTheNextIsDue_AsksAndSaysWhen()
    {
        var first = (PullRequestListing.Complete)await ListAsync();
        _time.Advance(TimeSpan.FromSeconds(20));
        var kept = (PullRequestListing.Complete)await ListAsync();
        var again = (PullRequestListing.Complete)await Reader().ListAgainAsync(
            Some.Resource(), Some.Spec(), _memory, CancellationToken.None);

        Assert.That((first.ReadAt, kept.ReadAt, again.ReadAt), Is.EqualTo(
            ((DateTimeOffset?)Some.Now, (DateTimeOffset?)Some.Now, (DateTimeOffset?)(Some.Now + TimeSpan.FromSeconds(20)))));
        AssertAsked(2);
        Assert.That(_memory.Listing!.Due, Is.GreaterThan(_time.GetUtcNow()));
    }

    private const string NewSha = "1111111111111111111111111111111111111111";

    private void Reads(int number, PullRequestReading reading) =>
        _source.Setup(s => s.GetAsync(It.IsAny<RepositoryAccess>(), number, It.IsAny<CancellationToken>())).ReturnsAsync(reading);

    private static bool SameNumbers(PullRequestListing one, PullRequestListing other) =>
        one is PullRequestListing.Complete a && other is PullRequestListing.Complete b
        && a.PullRequests.Select(p => p.Number).SequenceEqual(b.PullRequests.Select(p => p.Number));

    private ListingPoller Reader() => new(
        _source.Object, new CredentialReader(_secrets.Object), _hints, new EnvironmentMetrics(new MetricsRegistry()), _time,
        new Random(1));

    private Task<PullRequestListing> ListAsync(string? requestedAt = null) =>
        Reader().ListAsync(Some.Resource(requestedAt), Some.Spec(), _memory, CancellationToken.None);

    private void Answers(PullRequestListing listing) =>
        _source.Setup(s => s.ListAsync(It.IsAny<RepositoryAccess>(), It.IsAny<CancellationToken>())).ReturnsAsync(listing);

    private void AssertAsked(int times) =>
        _source.Verify(s => s.ListAsync(It.IsAny<RepositoryAccess>(), It.IsAny<CancellationToken>()), Times.Exactly(times));
}
