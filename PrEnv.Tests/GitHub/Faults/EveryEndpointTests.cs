using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Apps;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Faults;

/// <summary>
/// The same bad weather for everything that is asked of GitHub or told to it: nothing is taken for an answer, and nothing throws.
/// </summary>
[CancelAfter(120_000)]
internal sealed class EveryEndpointTests
{
    private const string Page = "<html><h1>Unicorn!</h1></html>";

    private static readonly FaultEffect[] Weathers =
    [
        new FaultEffect.Answer(500, Page, "text/html"),
        new FaultEffect.Answer(502, Page, "text/html"),
        new FaultEffect.Answer(503),
        new FaultEffect.Answer(200, Page, "text/html"),
        new FaultEffect.Answer(200, Page),
        new FaultEffect.Answer(200, ""),
        new FaultEffect.Answer(200, "null"),
        new FaultEffect.Answer(204),
        new FaultEffect.Answer(304),
        FaultEffect.MalformedJson,
        new FaultEffect.Truncate(),
        new FaultEffect.Drop(),
        new FaultEffect.Redirect(new Uri("http://127.0.0.2:9/repositories/1001/pulls")),
        new FaultEffect.Redirect(new Uri("http://127.0.0.2:9/repositories/1001/pulls"), 308),
        new FaultEffect.Redirect(new Uri("http://127.0.0.2:9/login")),
    ];

    private GitHubServer _github = null!;
    private GitHubClientHost _client = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        _github = await GitHubServer.StartAsync();
        _github.CreateRepository("acme", "shop");
        _github.AddToken(GitHubClientHost.Token, login: "bot");
        _github.Grant(GitHubClientHost.Token, "acme", "shop");
        _github.OpenPullRequest("acme", "shop", new NewPullRequest { Number = 22 });
        _client = new GitHubClientHost(_github.BaseUrl);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        await _github.DisposeAsync();
    }

    [TestCaseSource(nameof(Weathers))]
    public async Task Read_InBadWeather_SaysThatItIsNotKnown(object weather)
    {
        var sha = _github.FindPullRequest("acme", "shop", 22)!.HeadSha;
        _github.Faults.Add(new FaultRule { Times = null, Effect = (FaultEffect)weather });
        var access = _client.Access;
        var query = new CommandQuery(
            _client.Time.GetUtcNow(), _client.Time.GetUtcNow(), new HashSet<int> { 22 }, new Dictionary<long, DateTimeOffset>());

        Assert.That(await _client.ListAsync(), Is.InstanceOf<PullRequestListing.Unavailable>());
        Assert.That(await _client.PullRequests.GetStateAsync(access, 22, Ct), Is.EqualTo(PullRequestState.Unknown));
        Assert.That((await _client.PullRequests.GetAsync(access, 22, Ct)).State, Is.EqualTo(PullRequestState.Unknown));
        Assert.That(await _client.Get<IReviewSource>().ReadAsync(access, 22, Ct), Is.InstanceOf<ReviewReading.Unknown>());
        Assert.That((await _client.Get<ICommentWriter>().FindAsync(access, 22, "m", Ct)).Problem, Is.Not.Null);
        Assert.That((await _client.Get<ICommandSource>().ReadAsync(access, query, Ct)).Problem, Is.Not.Null);
        Assert.That((await _client.Statuses.ReadAsync(access, sha, "c", Ct)).Known, Is.False);
        Assert.That((await _client.Get<IDeploymentWriter>().FindAsync(access, sha, "pr-22", "t", Ct)).Problem, Is.Not.Null);
        Assert.That(string.Join('\n', _client.Log.Lines), Does.Not.Contain("Unicorn"));
    }

    [TestCaseSource(nameof(Weathers))]
    public async Task Write_InBadWeather_FailsAndSaysNothingOfTheBody(object weather)
    {
        var sha = _github.FindPullRequest("acme", "shop", 22)!.HeadSha;
        _github.Faults.Add(new FaultRule { Times = null, Effect = (FaultEffect)weather });
        var (access, comments, deployments) = (_client.Access, _client.Get<ICommentWriter>(), _client.Get<IDeploymentWriter>());

        foreach (var result in (WriteResult<long>[])
            [
                await comments.CreateAsync(access, 22, "Hello", Ct),
                await comments.EditAsync(access, 7, "Hello", Ct),
                await deployments.CreateAsync(access, sha, "pr-22", "t", Ct),
            ])
        {
            Assert.That(result, Is.InstanceOf<WriteResult<long>.Failed>().With.Property("Message").Not.Contains("Unicorn"));
        }

        // Whatever the body of an accepted one says, it is accepted.
        var isAccepted = weather is FaultEffect.Answer { Status: 200 or 204 };
        var status = await _client.Statuses.PostAsync(access, new CommitStatus(sha, "c", CommitState.Success, "", null), Ct);
        var state = await deployments.SetStateAsync(access, 7, new DeploymentReport(sha, DeploymentState.Success, "d", null), Ct);
        var reaction = await _client.Get<ICommandSource>().ReactAsync(access, 7, "eyes", Ct);
        Assert.That(status is WriteResult<CommitStatus>.Done, Is.EqualTo(isAccepted));
        Assert.That(state is WriteResult<long>.Done, Is.EqualTo(isAccepted));
        // A reaction claims a command only if GitHub says that it is new.
        Assert.That(reaction is WriteResult<bool>.Done { IsNew: true }, Is.False);
    }

    [TestCaseSource(nameof(Weathers))]
    public async Task ListAsync_AppInBadWeather_IsUnavailable(object weather)
    {
        await using var world = await AppWorld.StartAsync();
        world.Server.Faults.Add(new FaultRule { Path = "^/app/|^/orgs/", Times = null, Effect = (FaultEffect)weather });

        Assert.That(await world.Client.ListAsync(world.Access), Is.InstanceOf<PullRequestListing.Unavailable>());
    }

    [Test]
    public async Task ListAsync_RedirectsGoInCircles_EndsAfterAFew()
    {
        var id = 1001;
        _github.Faults.Add(new FaultRule
        {
            Path = "^/repos/",
            Times = null,
            Effect = new FaultEffect.Redirect(new Uri(_github.BaseUrl, $"repositories/{id}/pulls")),
        });
        _github.Faults.Add(new FaultRule
        {
            Path = "^/repositories/",
            Times = null,
            Effect = new FaultEffect.Redirect(new Uri(_github.BaseUrl, "repos/acme/shop/pulls")),
        });

        Assert.That((await _client.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.Malformed));
        Assert.That(_github.Requests.Entries, Has.Count.LessThan(6));
    }
}
