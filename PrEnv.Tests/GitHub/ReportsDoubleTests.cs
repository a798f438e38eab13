using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub;

/// <summary>Reviews, comments, commands and deployments against a GitHub that remembers.</summary>
internal sealed class ReportsDoubleTests : RepositoryTestBase
{
    private const string Marker = "<!-- prenv-controller 0123 -->";

    [SetUp]
    public void Open()
    {
        Server.SetRole("acme", "shop", "mona", "maintain");
        Server.OpenPullRequest("acme", "shop", new NewPullRequest { Number = 22, ForkOwner = "eve" });
    }

    [Test]
    public async Task Reviews_OfMaintainerAndStranger_ShowWhoMayWrite()
    {
        var pr = Server.FindPullRequest("acme", "shop", 22)!;
        Server.Review("acme", "shop", 22, "eve");
        Server.Review("acme", "shop", 22, "mona", "COMMENTED");
        Server.Review("acme", "shop", 22, "mona");
        var taken = Server.Review("acme", "shop", 22, "hubot");
        Server.DismissReview("acme", "shop", 22, taken.Id);

        var reading = (ReviewReading.Known)await ReviewsAsync();

        Assert.That(reading.Reviews, Is.EqualTo((Review[])
        [
            new Review("eve", ReviewVerdict.Approved, pr.HeadSha, MayWrite: false),
            new Review("mona", ReviewVerdict.Approved, pr.HeadSha, MayWrite: true),
            new Review("hubot", ReviewVerdict.Dismissed, pr.HeadSha, MayWrite: false),
        ]));
    }

    [TestCase("admin", true)]
    [TestCase("maintain", true)]
    [TestCase("write", true)]
    [TestCase("triage", false)]
    [TestCase("read", false)]
    [TestCase("none", false)]
    public async Task Reviews_OfEachRole_CountForThoseWhoMayWrite(string role, bool mayWrite)
    {
        Server.SetRole("acme", "shop", "hubot", role);
        Server.Review("acme", "shop", 22, "hubot");

        Assert.That(((ReviewReading.Known)await ReviewsAsync()).Reviews.Single().MayWrite, Is.EqualTo(mayWrite));
    }

    [Test]
    public async Task Reviews_OfSomebodyWhomGitHubDoesNotKnow_AreAStrangers()
    {
        Server.Review("acme", "shop", 22, "ghost");
        Server.Faults.Add(
            new FaultRule { Path = "/permission$", Effect = new FaultEffect.Answer(404, """{"message":"ghost is not a user"}""") });

        Assert.That(((ReviewReading.Known)await ReviewsAsync()).Reviews.Single().MayWrite, Is.False);
    }

    [TestCase("../../../user")]
    [TestCase("mona/permission?x=")]
    [TestCase("mona%2F")]
    public async Task Reviews_OfALoginThatNobodyCanHave_AreAStrangers_AndNotAskedAbout(string login)
    {
        Server.Review("acme", "shop", 22, login);

        Assert.That(((ReviewReading.Known)await ReviewsAsync()).Reviews.Single().MayWrite, Is.False);
        Assert.That(Server.Requests.Entries.Select(e => e.Target), Has.None.Contains("permission"));
    }

    [Test]
    public async Task Reviews_OfADeletedAccount_AreNobodys_AndACommitIsOneInWhateverSpelling()
    {
        var sha = new string('A', 40);
        var body =
            $$"""[{"state":"APPROVED","user":null,"commit_id":"{{sha}}"},{"state":"APPROVED","user":{"login":"mona"},"commit_id":"{{sha}}"}]""";
        Server.Faults.Add(new FaultRule { Path = "/reviews$", Effect = new FaultEffect.Answer(200, body) });

        Assert.That(
            ((ReviewReading.Known)await ReviewsAsync()).Reviews,
            Is.EqualTo((Review[])[new Review("mona", ReviewVerdict.Approved, new string('a', 40), MayWrite: true)]));
    }

    [TestCase("""[{"user":{"login":"mona"}}]""")]
    [TestCase("[null]")]
    [TestCase("null")]
    public async Task Reviews_ThatAreNone_AreUnknown(string body)
    {
        Server.Faults.Add(new FaultRule { Path = "/reviews$", Effect = new FaultEffect.Answer(200, body) });

        Assert.That(await ReviewsAsync(), Is.InstanceOf<ReviewReading.Unknown>());
    }

    [Test]
    public async Task Reviews_OnThreePagesAskedAgain_AreAllReadAndFree()
    {
        for (var i = 0; i < 250; i++)
            Server.Review("acme", "shop", 22, i == 249 ? "mona" : "eve", i == 249 ? "APPROVED" : "CHANGES_REQUESTED");
        await ReviewsAsync();
        Server.Requests.Reset();

        var reading = (ReviewReading.Known)await ReviewsAsync();

        Assert.That(reading.Reviews, Has.Length.EqualTo(250));
        Assert.That(reading.Reviews[^1], Has.Property("MayWrite").True);
        Assert.That((Server.Requests.Counters.Charged, Server.Requests.Counters.Uncharged), Is.EqualTo((0, 4)));
    }

    [Test]
    public async Task Reviews_OneMoreThanAFullPage_IsSeen()
    {
        for (var i = 0; i < 100; i++)
            Server.Review("acme", "shop", 22, "eve", "CHANGES_REQUESTED");
        await ReviewsAsync();
        Server.Review("acme", "shop", 22, "mona");

        Assert.That(((ReviewReading.Known)await ReviewsAsync()).Reviews, Has.Length.EqualTo(101));
    }

    [TestCase("/reviews$")]
    [TestCase("/permission$")]
    public async Task Reviews_SomethingCannotBeRead_AreUnknown(string path)
    {
        Server.Review("acme", "shop", 22, "mona");
        Server.Faults.Add(new FaultRule { Path = path, Effect = new FaultEffect.Answer(500, "t0p s3cret") });

        Assert.That(await ReviewsAsync(), Is.InstanceOf<ReviewReading.Unknown>().And.Property("Message").Not.Contains("s3cret"));
    }

    [Test]
    public async Task Comment_InAThreadOf500_IsFoundAgainAndEdited()
    {
        var board = Client.Get<ICommentWriter>();
        var written = Value(await board.CreateAsync(Client.Access, 22, Marker + "\nfirst", Ct));
        for (var i = 0; i < 500; i++)
            Server.Comment("acme", "shop", 22, "eve", i == 7 ? "> " + Marker : "chatter");

        var search = await board.FindAsync(Client.Access, 22, Marker, Ct);
        Assert.That(search.Found, Is.EqualTo(new FoundComment(written, Marker + "\nfirst")));
        Value(await board.EditAsync(Client.Access, written, Marker + "\nsecond", Ct));

        Assert.That(Server.Comments("acme", "shop", 22).Single(c => c.Id == written).Body, Does.EndWith("second"));
        Assert.That(Server.Comments("acme", "shop", 22), Has.Count.EqualTo(501));
    }

    [Test]
    public async Task Comment_AStrangersCopyOfTheMarker_IsNotOurs()
    {
        Server.Comment("acme", "shop", 22, "eve", Marker + "\nmine now");

        Assert.That(await Client.Get<ICommentWriter>().FindAsync(Client.Access, 22, Marker, Ct), Is.EqualTo(new CommentSearch(null, null)));
    }

    [Test]
    public async Task Comment_Deleted_IsNotFoundAndSaysSo()
    {
        var board = Client.Get<ICommentWriter>();
        var written = Value(await board.CreateAsync(Client.Access, 22, Marker, Ct));
        Server.DeleteComment("acme", "shop", written);

        Assert.That(Failure(await board.EditAsync(Client.Access, written, Marker, Ct)).Why, Is.EqualTo(WriteFailure.NotFound));
    }

    [Test]
    public async Task Comment_TokenMayNot_NamesThePermission()
    {
        Server.Faults.Add(
            new FaultRule
            {
                Method = "POST",
                Path = "/comments$",
                Effect = new FaultEffect.Answer(403, """{"message":"Resource not accessible by integration"}"""),
            });

        var failure = Failure(await Client.Get<ICommentWriter>().CreateAsync(Client.Access, 22, Marker, Ct));

        Assert.That(failure.Why, Is.EqualTo(WriteFailure.Forbidden));
        Assert.That(failure.Message, Does.Contain("write permission for pull requests"));
    }

    [Test]
    public async Task Commands_OfPeopleWithWritePermission_AreReadAndTakenOnOnce()
    {
        var wanted = Server.Comment("acme", "shop", 22, "mona", "/prenv rebuild");
        var strangers = Server.Comment("acme", "shop", 22, "eve", "/prenv delete");
        Server.Comment("acme", "shop", 22, "mona", "> /prenv delete");
        var source = Client.Get<ICommandSource>();

        var since = wanted.CreatedAt.AddMinutes(-5);
        var query = new CommandQuery(since, since, new HashSet<int> { 22 }, ImmutableDictionary<long, DateTimeOffset>.Empty);
        var reading = await source.ReadAsync(Client.Access, query, Ct);

        Assert.That(
            reading.Commands.Select(c => (c.CommentId, c.Verb)), Is.EqualTo(((long, CommandVerb)[])[(wanted.Id, CommandVerb.Rebuild)]));
        Assert.That(reading.Strangers.Select(c => c.CommentId), Is.EqualTo((long[])[strangers.Id]));
        Assert.That(
            await source.ReactAsync(Client.Access, wanted.Id, "eyes", Ct), Is.EqualTo(new WriteResult<bool>.Done(true, IsNew: true)));
        Assert.That(
            await source.ReactAsync(Client.Access, wanted.Id, "eyes", Ct), Is.EqualTo(new WriteResult<bool>.Done(true, IsNew: false)));
        Assert.That(Server.Comments("acme", "shop", 22)[0].Reactions.Single(), Has.Property("Login").EqualTo("bot"));
    }

    [Test]
    public async Task Deployment_OfAPullRequest_IsTransientAndFoundAgainByItsTag()
    {
        var pr = Server.FindPullRequest("acme", "shop", 22)!;
        await Client.Statuses.PostAsync(Client.Access, new CommitStatus(pr.HeadSha, "red", CommitState.Failure, "", null), Ct);
        var board = Client.Get<IDeploymentWriter>();

        var id = Value(await board.CreateAsync(Client.Access, pr.HeadSha, "pr-22", "default/demo", Ct));
        Value(
            await board.SetStateAsync(
                Client.Access, id, new DeploymentReport(pr.HeadSha, DeploymentState.Success, "Done", "https://pr-22.test/"), Ct));

        var made = Server.Deployments("acme", "shop").Single();
        Assert.That((made.Environment, made.IsTransient, made.IsProduction, made.State), Is.EqualTo(("pr-22", true, false, "success")));
        Assert.That(made.Statuses.Single().EnvironmentUrl, Is.EqualTo("https://pr-22.test/"));
        Assert.That(
            await board.FindAsync(Client.Access, pr.HeadSha, "pr-22", "default/demo", Ct), Is.EqualTo(new DeploymentSearch(null, id)));
        Assert.That(
            await board.FindAsync(Client.Access, pr.HeadSha, "pr-22", "default/other", Ct), Is.EqualTo(new DeploymentSearch(null, null)));
    }

    [Test]
    public async Task Deployment_OfAnUnknownCommit_IsRefusedForGood()
    {
        var result = await Client.Get<IDeploymentWriter>().CreateAsync(Client.Access, new string('0', 40), "pr-22", "x", Ct);

        Assert.That(Failure(result).Why, Is.EqualTo(WriteFailure.Refused));
    }

    private Task<ReviewReading> ReviewsAsync() => Client.Get<IReviewSource>().ReadAsync(Client.Access, 22, Ct);

    private static WriteResult<long>.Failed Failure(WriteResult<long> result)
    {
        Assert.That(result, Is.InstanceOf<WriteResult<long>.Failed>());
        return (WriteResult<long>.Failed)result;
    }

    private static T Value<T>(WriteResult<T> result)
    {
        Assert.That(result, Is.InstanceOf<WriteResult<T>.Done>());
        return ((WriteResult<T>.Done)result).Value;
    }
}
