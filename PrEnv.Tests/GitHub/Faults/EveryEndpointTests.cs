using PrEnv.Controller.GitHub.Checks;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Files;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Apps;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Faults;

/// <summary>
/// The same bad weather for everything that is asked of GitHub or told to it: nothing is taken for an answer, and nothing throws.
/// </summary>
internal sealed class EveryEndpointTests : RepositoryTestBase
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

    [SetUp]
    public void Open() => Server.OpenPullRequest("acme", "shop", new NewPullRequest { Number = 22 });

    [TestCaseSource(nameof(Weathers))]
    public async Task Read_InBadWeather_SaysThatItIsNotKnown(object weather)
    {
        var sha = Server.FindPullRequest("acme", "shop", 22)!.HeadSha;
        Server.Faults.Add(new FaultRule { Times = null, Effect = (FaultEffect)weather });
        var access = Client.Access;
        var query = new CommandQuery(
            Client.Time.GetUtcNow(), Client.Time.GetUtcNow(), new HashSet<int> { 22 }, new Dictionary<long, DateTimeOffset>());

        Assert.That(await Client.ListAsync(), Is.InstanceOf<PullRequestListing.Unavailable>());
        Assert.That(await Client.PullRequests.GetStateAsync(access, 22, Ct), Is.EqualTo(PullRequestState.Unknown));
        Assert.That((await Client.PullRequests.GetAsync(access, 22, Ct)).State, Is.EqualTo(PullRequestState.Unknown));
        Assert.That(await Client.Get<IReviewSource>().ReadAsync(access, 22, Ct), Is.InstanceOf<ReviewReading.Unknown>());
        Assert.That(await Client.Get<IFilesSource>().ReadAsync(access, 22, sha, Ct), Is.InstanceOf<ChangedFiles.Unknown>());
        Assert.That((await Client.Get<ICheckSource>().ReadRunsAsync(access, sha, null, Ct)).Fault, Is.Not.Null);
        Assert.That((await Client.Get<ICheckSource>().ReadStatusesAsync(access, sha, Ct)).Fault, Is.Not.Null);
        Assert.That((await Client.Get<ICommentWriter>().FindAsync(access, 22, "m", Ct)).Problem, Is.Not.Null);
        Assert.That((await Client.Get<ICommandSource>().ReadAsync(access, query, Ct)).Problem, Is.Not.Null);
        Assert.That((await Client.Statuses.ReadAsync(access, sha, "c", Ct)).Known, Is.False);
        Assert.That((await Client.Get<IDeploymentWriter>().FindAsync(access, sha, "pr-22", "t", Ct)).Problem, Is.Not.Null);
        Assert.That(string.Join('\n', Client.Log.Lines), Does.Not.Contain("Unicorn"));
    }

    [TestCaseSource(nameof(Weathers))]
    public async Task Write_InBadWeather_FailsAndSaysNothingOfTheBody(object weather)
    {
        var sha = Server.FindPullRequest("acme", "shop", 22)!.HeadSha;
        Server.Faults.Add(new FaultRule { Times = null, Effect = (FaultEffect)weather });
        var (access, comments, deployments) = (Client.Access, Client.Get<ICommentWriter>(), Client.Get<IDeploymentWriter>());

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
        var status = await Client.Statuses.PostAsync(access, new CommitStatus(sha, "c", CommitState.Success, "", null), Ct);
        var state = await deployments.SetStateAsync(access, 7, new DeploymentReport(sha, DeploymentState.Success, "d", null), Ct);
        var reaction = await Client.Get<ICommandSource>().ReactAsync(access, 7, "eyes", Ct);
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
        Server.Faults.Add(new FaultRule
        {
            Path = "^/repos/",
            Times = null,
            Effect = new FaultEffect.Redirect(new Uri(Server.BaseUrl, $"repositories/{id}/pulls")),
        });
        Server.Faults.Add(new FaultRule
        {
            Path = "^/repositories/",
            Times = null,
            Effect = new FaultEffect.Redirect(new Uri(Server.BaseUrl, "repos/acme/shop/pulls")),
        });

        Assert.That((await Client.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.Malformed));
        Assert.That(Server.Requests.Entries, Has.Count.LessThan(6));
    }
}
