using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Hosting.Endpoints;
using PrEnv.Controller.Kubernetes.Access;
using PrEnv.Core.Objects;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Hosting.Endpoints;

/// <summary>An endpoint behind the review, on a real server.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReviewedAccessTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Mock<IAccessReviewer> _reviewer = new(MockBehavior.Strict);
    private readonly ListLogger _log = new();
    private readonly List<string> _asked = [];
    private readonly HttpClient _client = new();
    private ReviewedAccess _access = null!;
    private WebApplication _app = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var loggers = Mock.Of<ILoggerFactory>(f => f.CreateLogger(It.IsAny<string>()) == _log);
        _access = new ReviewedAccess(_reviewer.Object, _time, new Logger<ReviewedAccess>(loggers));
        var builder = WebApplication.CreateSlimBuilder();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Map("/metrics", _access.Guard(context => context.Response.WriteAsync("secret")));
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _access.Dispose();
        _client.Dispose();
    }

    [TestCase(AccessDecision.Allowed, HttpStatusCode.OK, "secret")]
    [TestCase(AccessDecision.Forbidden, HttpStatusCode.Forbidden, "")]
    [TestCase(AccessDecision.Unauthenticated, HttpStatusCode.Unauthorized, "")]
    public async Task Get_WithAToken_IsWhatTheReviewSays(AccessDecision decision, HttpStatusCode expected, string body)
    {
        Answer(decision);

        using var answer = await GetAsync("t1");

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo(body));
        Assert.That(answer.Headers.WwwAuthenticate, Has.Count.EqualTo(expected == HttpStatusCode.Unauthorized ? 1 : 0));
        Assert.That(_asked, Is.EqualTo((string[])["t1 /metrics"]));
    }

    [TestCase(null)]
    [TestCase("Basic dXNlcjpwYXNz")]
    [TestCase("Bearer")]
    public async Task Get_WithoutAToken_AsksNobody(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await _client.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(_asked, Is.Empty);
    }

    [Test]
    public async Task Answer_OfTheServer_CountsForAWhile()
    {
        Answer(AccessDecision.Allowed);
        await StatusAsync("t1");
        Answer(AccessDecision.Forbidden);

        _time.Advance(ReviewedAccess.AllowedFor - TimeSpan.FromSeconds(1));
        Assert.That(await StatusAsync("t1"), Is.EqualTo(HttpStatusCode.OK), "still known");
        Assert.That(await StatusAsync("t2"), Is.EqualTo(HttpStatusCode.Forbidden), "another token is another question");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await StatusAsync("t1"), Is.EqualTo(HttpStatusCode.Forbidden), "taken away meanwhile");

        Answer(AccessDecision.Allowed);
        Assert.That(await StatusAsync("t1"), Is.EqualTo(HttpStatusCode.Forbidden), "still refused");
        _time.Advance(ReviewedAccess.RefusedFor);
        Assert.That(await StatusAsync("t1"), Is.EqualTo(HttpStatusCode.OK), "granted meanwhile");
        Assert.That(_asked, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task ServerThatDoesNotAnswer_LetsNobodyIn_AndIsAskedAgain()
    {
        GoAway();
        Assert.That(await StatusAsync("t1"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));

        Answer(AccessDecision.Allowed);
        Assert.That(await StatusAsync("t1"), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task ServerThatDoesNotAnswer_IsLoggedOnceEachTime()
    {
        GoAway();
        await StatusAsync("t1");
        await StatusAsync("t2");
        Assert.That(_log.Messages, Has.Exactly(1).Items);
        Answer(AccessDecision.Allowed);
        await StatusAsync("t1");

        GoAway();
        await StatusAsync("t2");
        Assert.That(_log.Messages, Has.Exactly(2).Items.And.All.Contain("Connection refused."));
    }

    [Test]
    public async Task InventedTokens_PushOutNoOneWhoMay()
    {
        Answer(AccessDecision.Allowed);
        await StatusAsync("good");
        Answer(AccessDecision.Unauthenticated);
        for (var i = 0; i <= ReviewedAccess.Capacity; i++)
            await StatusAsync($"invented-{i}");
        _asked.Clear();

        Assert.That(await StatusAsync("good"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync("invented-0"), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(_asked, Is.EqualTo((string[])["invented-0 /metrics"]), "no more than so many are remembered");
    }

    [Test]
    public async Task ManyAtOnce_WithOneToken_AskOnceEachWorker()
    {
        var go = new TaskCompletionSource<AccessDecision>(TaskCreationOptions.RunContinuationsAsynchronously);
        var four = new CountdownEvent(4);
        _reviewer.Setup(r => r.ReviewAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                four.Signal();
                return go.Task;
            });
        var all = Enumerable.Range(0, 20).Select(_ => StatusAsync("t1")).ToList();
        await Task.Run(() => four.Wait(Waiting.Limit));
        go.SetResult(AccessDecision.Allowed);

        Assert.That(await Task.WhenAll(all), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(four.CurrentCount, Is.Zero, "a fifth signal would have thrown");
        four.Dispose();
    }

    private void GoAway() =>
        _reviewer.Setup(r => r.ReviewAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ApiStatusException(new ApiStatus(0, "Unreachable", "Connection refused.")));

    private void Answer(AccessDecision decision) =>
        _reviewer.Setup(r => r.ReviewAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Callback((string token, string path, CancellationToken _) => _asked.Add($"{token} {path}"))
            .ReturnsAsync(decision);

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var answer = await GetAsync(token);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> GetAsync(string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return _client.SendAsync(request).Soon();
    }
}
