using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Reading;
using PrEnv.Controller.Reconcile;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Support;
using PrEnv.Tests.Planning;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reading;

/// <summary>Commands over HTTP from the double: none is lost, none is obeyed twice, and nothing new costs nothing.</summary>
internal sealed class CommandInboxTests : RepositoryTestBase
{
    private const string Comments = "/repos/{owner}/{repo}/issues/comments";

    private FakeTimeProvider _clock = new();
    private ResourceMemory _memory = new();

    private List<Command> Pending => _memory.Commands.Pending;

    protected override GitHubServerOptions Options
    {
        get
        {
            _clock = new FakeTimeProvider(GitHubClientHost.Start);
            return new GitHubServerOptions { TimeProvider = _clock };
        }
    }

    [SetUp]
    public void Begin()
    {
        Server.SetRole("acme", "shop", "mona", "admin");
        _memory = new ResourceMemory();
    }

    [Test]
    public async Task Comments_OfAHundredPullRequests_AreOneRequest_AndFreeWhileThereIsNothingNew()
    {
        int[] numbers = [.. Enumerable.Range(1, 100)];
        Say(7, "hello");
        await ReadAsync(numbers);
        Advance(TimeSpan.FromMinutes(1));
        await ReadAsync(numbers);
        Server.Requests.Reset();
        for (var i = 0; i < 10; i++)
        {
            Advance(TimeSpan.FromMinutes(10));
            await ReadAsync(numbers);
        }

        Assert.That((Server.Requests.Counters.Charged, Server.Requests.Counters.Uncharged), Is.EqualTo((0, 10)));
    }

    [Test]
    public void Comments_WithoutAnOpenPullRequest_AreNotAskedFor()
    {
        Assert.That(EnvironmentReconciler.Questions(World.Plain.Commandable().Snapshot()).Commands, Is.False);
        Assert.That(EnvironmentReconciler.Questions(World.Plain.Commandable().Open(22).Snapshot()).Commands, Is.True);
    }

    [Test]
    public async Task Command_OfOneSecondWithOneThatWasRead_IsTakenOn()
    {
        Say(22, "/prenv rebuild");
        await ReadAsync(22);
        Say(22, "/prenv delete");
        await ReadAsync(22);

        Assert.That(Pending.Select(c => c.Verb), Is.EqualTo((CommandVerb[])[CommandVerb.Rebuild, CommandVerb.Delete]));
    }

    [Test]
    public async Task Command_OnAPullRequestThatIsNotListedYet_IsTakenOnOnceItIs()
    {
        var early = Say(23, "/prenv delete");
        await ReadAsync(22);
        for (var i = 0; i < 5; i++)
        {
            Advance(TimeSpan.FromMinutes(5));
            Say(22, "/prenv rebuild");
            await ReadAsync(22);
        }

        Assert.That(Pending, Has.Count.EqualTo(5).And.All.Property("PrNumber").EqualTo(22));
        await ReadAsync(22, 23);

        Assert.That(Pending[^1], Has.Property("CommentId").EqualTo(early.Id).And.Property("PrNumber").EqualTo(23));
    }

    [Test]
    public async Task Command_OnAnIssueOrAClosedPullRequest_IsLeftAlone_AndReadNoMoreAfterAnHour()
    {
        var comment = Say(5, "/prenv delete");
        await ReadAsync(22);
        Advance(TimeSpan.FromMinutes(90));
        Say(22, "late");
        await ReadAsync(22);
        await ReadAsync(5, 22);

        Assert.That(Pending, Is.Empty);
        Assert.That(Server.Comments("acme", "shop", 5).Single().Reactions, Is.Empty);
        Assert.That(_memory.Commands.Since, Is.GreaterThan(comment.UpdatedAt));
    }

    [Test]
    public async Task Command_BehindManyComments_IsFound_AndNoPageIsTakenForReadThatMayHaveMoved()
    {
        for (var i = 0; i < 150; i++)
        {
            Say(1 + i, "chatter");
            Advance(TimeSpan.FromSeconds(10));
        }

        Say(22, "/prenv rebuild");
        await ReadAsync(22);
        var after = _memory.Commands.Since!.Value;
        await ReadAsync(22);

        Assert.That(Pending, Has.Count.EqualTo(1));
        Assert.That(after, Is.LessThan(GitHubClientHost.Start.AddSeconds(1000)), "the end of the first page");
        Assert.That(_memory.Commands.Since, Is.GreaterThan(GitHubClientHost.Start.AddSeconds(1400)), "all on one page");
    }

    [Test]
    public async Task Command_WantedByTwoAtTheSameTime_IsTakenOnByOne()
    {
        Say(22, "/prenv rebuild");
        await ReadAsync(22);
        var first = Pending.Count;
        _memory = new ResourceMemory();
        await ReadAsync(22);

        Assert.That((first, Pending.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Command_ReadTwice_IsTakenOnOnce_AndNobodyIsAskedAbout()
    {
        Say(22, "/prenv rebuild");
        Say(22, "/prenv delete", "eve");
        await ReadAsync(22);
        Server.Requests.Reset();
        await ReadAsync(22);

        Assert.That(Pending, Has.Count.EqualTo(1));
        Assert.That(Server.Requests.Entries.Select(e => e.Route), Is.EqualTo((string[])[Comments]));
        Advance(TimeSpan.FromMinutes(61));
        await ReadAsync(22);
        Assert.That(_memory.Commands.Known, Is.Empty, "none is obeyed that old");
    }

    [Test]
    public async Task Comment_EditedIntoACommand_IsTakenOnOnce()
    {
        var comment = Say(22, "/prenv rebiuld");
        await ReadAsync(22);
        Advance(TimeSpan.FromMinutes(5));
        await Client.Get<ICommentWriter>().EditAsync(Client.Access, comment.Id, "/prenv rebuild", Ct);
        await ReadAsync(22);
        Advance(TimeSpan.FromMinutes(5));
        await Client.Get<ICommentWriter>().EditAsync(Client.Access, comment.Id, "/prenv delete", Ct);
        await ReadAsync(22);

        Assert.That(Pending.Select(c => c.Verb), Is.EqualTo((CommandVerb[])[CommandVerb.Rebuild]));
    }

    [Test]
    public async Task Command_PermissionOfItsAuthorUnknown_WaitsAlone()
    {
        Server.SetRole("acme", "shop", "hubot", "write");
        Say(22, "/prenv rebuild");
        Say(23, "/prenv rebuild", "hubot");
        Advance(TimeSpan.FromMinutes(5));
        Say(23, "chatter");
        Server.Faults.Add(new FaultRule { Path = "/collaborators/mona/permission$", Effect = new FaultEffect.Answer(500) });
        await ReadAsync(22, 23);

        Assert.That(Pending.Select(c => c.PrNumber), Is.EqualTo((int[])[23]));
        Assert.That(
            _memory.Commands.Failures.Single(), Has.Property("PrNumber").EqualTo(22).And.Property("What").EqualTo(ReportKind.Reaction));
        await ReadAsync(22, 23);
        Assert.That(Pending.Select(c => c.PrNumber), Is.EqualTo((int[])[23, 22]));
        Assert.That(_memory.Commands.Failures, Is.Empty);
    }

    [Test]
    public async Task Comments_CannotBeReadForHours_AreReadFromTheLastHourOn()
    {
        Say(22, "/prenv delete");
        Server.Faults.Add(new FaultRule { Path = "/comments$", Times = null, Effect = new FaultEffect.Answer(500) });
        await ReadAsync(22, 23);
        Assert.That(_memory.Commands.Failures.Select(f => f.PrNumber), Is.EquivalentTo((int[])[22, 23]));
        Advance(TimeSpan.FromHours(3));
        await ReadAsync(22, 23);
        Server.Faults.Clear();
        Advance(TimeSpan.FromHours(1));
        Say(23, "/prenv rebuild");
        Server.Requests.Reset();
        await ReadAsync(22, 23);

        Assert.That(Pending.Select(c => c.PrNumber), Is.EqualTo((int[])[23]));
        Assert.That(Server.Requests.Entries[0].Target, Does.Contain("since=2026-03-01T15:00:00Z"));
    }

    [Test]
    public async Task Command_TakenOnBeforeARestart_IsNotTakenOnAgain()
    {
        Say(22, "/prenv rebuild");
        await ReadAsync(22);
        Assert.That(Pending.Select(c => c.Verb), Is.EqualTo((CommandVerb[])[CommandVerb.Rebuild]));
        _memory = new ResourceMemory();
        await ReadAsync(22);

        Assert.That(Pending, Is.Empty);
    }

    [Test]
    public async Task Command_ReactionForbidden_IsNotObeyed_SaysWhy_AndIsTriedAgain()
    {
        Say(22, "/prenv delete");
        Server.Faults.Add(new FaultRule { Method = "POST", Path = "/reactions$", Effect = new FaultEffect.Answer(403, "{}") });
        await ReadAsync(22);

        Assert.That(Pending, Is.Empty);
        Assert.That(_memory.Commands.Failures.Single(), Has.Property("What").EqualTo(ReportKind.Reaction));
        Advance(TimeSpan.FromMinutes(10));
        Say(23, "chatter");
        await ReadAsync(22);
        Assert.That(Pending, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Command_ReactionForbidden_IsNotTriedForEachListing()
    {
        Say(22, "/prenv delete");
        Server.Faults.Add(
            new FaultRule { Method = "POST", Path = "/reactions$", Times = null, Effect = new FaultEffect.Answer(403, "{}") });
        for (var i = 0; i < 4; i++)
        {
            await ReadAsync(22);
            Assert.That(_memory.Commands.Failures.Single(), Has.Property("Permanent").False);
            Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(Server.Requests.Entries.Count(e => e.Status == 403), Is.EqualTo(1));
    }

    [Test]
    public async Task Command_InALockedConversation_IsNotObeyed_AndIsToldOnceAndForGood()
    {
        Server.OpenPullRequest("acme", "shop", new NewPullRequest { Number = 22 });
        Say(22, "/prenv delete");
        Server.Update("acme", "shop", 22, pr => pr with { IsLocked = true });
        await ReadAsync(22);
        Assert.That(_memory.Commands.Failures.Single(), Has.Property("Permanent").True.And.Property("Message").Contains("locked"));
        await ReadAsync(22);

        Assert.That((_memory.Commands.Failures.Count, Pending.Count), Is.EqualTo((0, 0)));
        Assert.That(Server.Requests.Entries.Count(e => e.Status == 403), Is.EqualTo(1));
    }

    [Test]
    public async Task Command_InAnArchivedRepository_IsNotObeyed_AndTheResourceIsWell()
    {
        Say(22, "/prenv delete");
        Server.SetArchived("acme", "shop");
        for (var i = 0; i < 3; i++)
        {
            await ReadAsync(22);
            Assert.That(_memory.Commands.Failures.Single(), Has.Property("Permanent").True.And.Property("Message").Contains("archived"));
        }

        Assert.That(Server.Requests.Entries.Count(e => e.Status == 403), Is.EqualTo(1));
    }

    [Test]
    public async Task Command_OlderThanAnHour_IsIgnored()
    {
        Say(22, "/prenv delete");
        Advance(TimeSpan.FromMinutes(61));
        Say(22, "chatter");
        await ReadAsync(22);

        Assert.That(Pending, Is.Empty);
        Assert.That(Server.Comments("acme", "shop", 22)[0].Reactions, Is.Empty);
    }

    private GitHubComment Say(int number, string body, string author = "mona") => Server.Comment("acme", "shop", number, author, body);

    private void Advance(TimeSpan time)
    {
        _clock.Advance(time);
        Client.Time.Advance(time);
    }

    // A new listing each time: for one and the same, comments are read once.
    private async Task ReadAsync(params int[] numbers)
    {
        var source = new ListingSource(Client.Access.ApiUrl, "acme", "shop", null);
        _memory.Listing = new ListingMemory(source, Client.Access, new PullRequestListing.Complete([]), null, Some.Now);
        var commands = Client.Get<ICommandSource>();
        await new CommandInbox(commands, Client.Time).ReadAsync(Some.Listing(numbers), _memory, Ct);
        await new CommandClaims(commands, _clock).ClaimAsync([.. _memory.Commands.New], _memory, Ct);
    }
}
