using System.Collections.Immutable;
using Moq;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Reporting;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Support;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reporting;

/// <summary>The reporters over HTTP to the double; what they write on HelmReleases is read back from the calls.</summary>
internal sealed class ReportChannelsTests : RepositoryTestBase
{
    private const string Marker = "<!-- prenv-controller 0123 -->";

    private Dictionary<string, string> _notes = [];
    private ResourceMemory _memory = new();
    private string _head = "";

    [SetUp]
    public void Begin()
    {
        _notes = new Dictionary<string, string>(StringComparer.Ordinal);
        _head = Server.OpenPullRequest("acme", "shop", new NewPullRequest { Number = 22 }).HeadSha;
        Restart();
    }

    [Test]
    public async Task Comment_OfAWaitingPullRequest_IsFoundAgainAfterARestartAndNotEdited()
    {
        await CommentAsync("one", release: false);
        Restart();
        Server.Requests.Reset();
        await CommentAsync("one", release: false);

        Assert.That(Server.Requests.Entries.Where(e => e.Method != "GET"), Is.Empty);
        await CommentAsync("two", release: false);
        Assert.That(Server.Comments("acme", "shop", 22).Single().Body, Does.EndWith("two"));
    }

    [Test]
    public async Task Comment_WithARelease_IsRememberedThereAndNotLookedFor()
    {
        await CommentAsync("one");
        Restart();
        Server.Requests.Reset();
        await CommentAsync("two");

        Assert.That(Server.Requests.Entries.Select(e => e.Method), Is.EqualTo((string[])["PATCH"]));
    }

    [Test]
    public async Task Comment_DeletedByHand_IsWrittenAnewWithTheNextChange()
    {
        await CommentAsync("one");
        Server.DeleteComment("acme", "shop", Server.Comments("acme", "shop", 22).Single().Id);
        await CommentAsync("two");

        Assert.That(Server.Comments("acme", "shop", 22).Single().Body, Does.EndWith("two"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Comment_GitHubFindsNothingForAMoment_IsEditedAndNotWrittenTwice(bool mayCreate)
    {
        await CommentAsync("one");
        Server.Faults.Add(new FaultRule { Method = "PATCH", Effect = new FaultEffect.Answer(404, """{"message":"Not Found"}""") });
        var outcome = await CommentAsync("two", mayCreate: mayCreate);

        Assert.That(outcome.Failures, Is.Empty);
        Assert.That(Server.Comments("acme", "shop", 22).Select(c => c.Body), Is.EqualTo((string[])[Marker + "\ntwo"]));
    }

    [Test]
    public async Task Comment_GitHubFindsNothingAtAll_IsNotWrittenTwice()
    {
        await CommentAsync("one");
        Server.Faults.Add(new FaultRule { Times = null, Effect = new FaultEffect.Answer(404, """{"message":"Not Found"}""") });
        await CommentAsync("two");

        Assert.That(Server.Comments("acme", "shop", 22).Select(c => c.Body), Is.EqualTo((string[])[Marker + "\none"]));
    }

    [Test]
    public async Task Comment_DeletedByHandBeforeTheEnd_StaysDeleted()
    {
        await CommentAsync("one");
        Server.DeleteComment("acme", "shop", Server.Comments("acme", "shop", 22).Single().Id);
        var outcome = await CommentAsync("gone", mayCreate: false);

        Assert.That((outcome.Failures.Count, Server.Comments("acme", "shop", 22).Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Comment_TokenMayNot_IsTriedOnceAndThenAgainLater()
    {
        Server.Faults.Add(new FaultRule { Method = "POST", Path = "/comments$", Times = null, Effect = new FaultEffect.Answer(403, "{}") });
        var first = await CommentAsync("one");
        await CommentAsync("one");
        Assert.That(
            first.Failures.Single(), Has.Property("What").EqualTo(ReportKind.Comment).And.Property("Message").Contains("write permission"));
        Assert.That(Server.Requests.Entries.Count(e => e.Status == 403), Is.EqualTo(1));

        Server.Faults.Clear();
        Client.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.That((await CommentAsync("one")).Failures, Is.Empty);
    }

    [Test]
    public async Task Comment_ConversationIsLocked_CostsThisPullRequestItsCommentOnly()
    {
        const string Locked = """{"message":"Unable to create comment because issue is locked."}""";
        Server.Faults.Add(
            new FaultRule { Method = "POST", Path = "/issues/22/comments$", Times = null, Effect = new FaultEffect.Answer(403, Locked) });
        var first = await CommentAsync("one");
        await CommentAsync("one");
        Assert.That(first.Failures.Single(), Has.Property("Permanent").True.And.Property("Message").Contains("locked"));
        var others = _memory.Refusals.Find(ReportKind.Comment, 23, "one", null, Client.Access.Credential.Id, Client.Time.GetUtcNow());
        Assert.That(others, Is.Null, "other pull requests get theirs");
        Assert.That(Server.Requests.Entries.Count(e => e.Status == 403), Is.EqualTo(1));

        Server.Faults.Clear();
        Assert.That((await CommentAsync("two")).Failures, Is.Empty, "news is worth another try");
    }

    [Test]
    public async Task Comment_CommentingIsDisabled_IsToldOnceAndForGood()
    {
        Server.Faults.Add(new FaultRule
        {
            Method = "POST",
            Path = "/comments$",
            Times = null,
            Effect = new FaultEffect.Answer(422, """{"message":"Validation Failed","errors":["Commenting is disabled"]}"""),
        });
        var first = await CommentAsync("one");
        var second = await CommentAsync("one");

        Assert.That(first.Failures.Single(), Has.Property("Permanent").True);
        Assert.That(second.Failures, Is.EqualTo(first.Failures), "which is no news");
        Assert.That(Server.Requests.Entries.Count(e => e.Status == 422), Is.EqualTo(1));
    }

    [Test]
    public async Task Report_ConversationIsLocked_CostsTheCommentAndNotTheDeployment()
    {
        Server.Update("acme", "shop", 22, pr => pr with { IsLocked = true });

        Assert.That((await CommentAsync("one")).Failures.Single(), Has.Property("Permanent").True);
        Assert.That((await DeployAsync(_head, DeploymentState.Success)).Failures, Is.Empty);
        Assert.That((await PostAsync(_head, CommitState.Success)).Failures, Is.Empty);
    }

    [Test]
    public async Task Report_RepositoryIsArchived_IsToldOnceForEachKindAndTheResourceIsWell()
    {
        Server.SetArchived("acme", "shop");
        for (var i = 0; i < 3; i++)
        {
            ReportOutcome[] outcomes =
                [await CommentAsync("one"), await DeployAsync(_head, DeploymentState.Success), await PostAsync(_head, CommitState.Success)];
            Assert.That(
                outcomes.SelectMany(o => o.Failures),
                Is.All.Property("Permanent").True.And.All.Property("Message").Contains("archived").And.Exactly(3).Items);
        }

        Assert.That(Server.Requests.Entries.Count(e => e.Status == 403), Is.EqualTo(3));
        Server.SetArchived("acme", "shop", false);
        Client.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.That((await CommentAsync("one")).Failures, Is.Empty);
    }

    [Test]
    public async Task CommitStatus_CommitHasAThousand_IsToldOnceWhateverTheNextOneSays()
    {
        Server.AddStatuses("acme", "shop", _head, "ctx");

        foreach (var state in (CommitState[])[CommitState.Success, CommitState.Failure, CommitState.Success])
        {
            Assert.That(
                (await PostAsync(_head, state)).Failures.Single(), Has.Property("Permanent").True.And.Property("Message").Contains("1000"));
        }

        Assert.That(Server.Requests.Entries.Count(e => e.Status == 422), Is.EqualTo(1));
        var next = Server.Push("acme", "shop", 22).HeadSha;
        Assert.That((await PostAsync(next, CommitState.Success)).Failures, Is.Empty, "the next commit has room");
    }

    [Test]
    public async Task Deployment_AppLacksThePermission_IsAskedForOnceForAllPullRequests()
    {
        Server.Faults.Add(
            new FaultRule { Method = "GET", Path = "/deployments$", Times = null, Effect = new FaultEffect.Answer(403, "{}") });
        await DeployAsync(_head, DeploymentState.Success);
        await DeployAsync(_head, DeploymentState.Success);

        Assert.That(Server.Requests.Entries.Count(e => e.Status == 403), Is.EqualTo(1));
    }

    [Test]
    public async Task Deployment_OfTwoCommitsAndTheEnd_LeavesNoneActive()
    {
        await DeployAsync(_head, DeploymentState.InProgress);
        await DeployAsync(_head, DeploymentState.Success);
        var next = Server.Push("acme", "shop", 22).HeadSha;
        await DeployAsync(next, DeploymentState.InProgress);
        Assert.That(
            Server.Deployments("acme", "shop").Select(d => (d.Sha, d.State)),
            Is.EqualTo(((string, string)[])[(_head, "inactive"), (next, "in_progress")]));
        await DeployAsync(next, DeploymentState.Success);
        Restart();
        await DeployAsync(next, DeploymentState.Inactive);

        Assert.That(Server.Deployments("acme", "shop").Select(d => d.State), Is.All.EqualTo("inactive"));
        Assert.That(Server.Deployments("acme", "shop"), Has.Count.EqualTo(2).And.All.Property("IsTransient").True);
    }

    [Test]
    public async Task Deployment_ProcessDiedBeforeItWasWrittenDown_IsFoundAgain()
    {
        await DeployAsync(_head, DeploymentState.InProgress);
        _notes.Clear();
        Restart();
        await DeployAsync(_head, DeploymentState.Success);

        Assert.That(Server.Deployments("acme", "shop").Single().State, Is.EqualTo("success"));
    }

    [Test]
    public async Task Deployment_GoneWithItsPullRequestWhileGitHubFailed_IsEndedLater()
    {
        await DeployAsync(_head, DeploymentState.Success);
        Server.Faults.Add(new FaultRule { Method = "POST", Effect = new FaultEffect.Answer(502) });
        await DeployAsync(_head, DeploymentState.Inactive);
        await new DeploymentChannel(Client.Get<IDeploymentWriter>(), Notes(), Client.Time).ReportAsync(
            new ReportJob(Snapshot(false), Plan(), [], _memory), Ct);

        Assert.That(Server.Deployments("acme", "shop").Single().State, Is.EqualTo("inactive"));
    }

    [Test]
    public async Task Deployment_OfACommitThatGitHubDoesNotKnow_IsTriedOnce()
    {
        var unknown = new string('0', 40);
        await DeployAsync(unknown, DeploymentState.Success);
        var outcome = await DeployAsync(unknown, DeploymentState.Success);

        Assert.That(outcome.Failures.Single(), Has.Property("Permanent").True);
        Assert.That(Server.Requests.Entries.Count(e => e.Status == 422), Is.EqualTo(1));
    }

    [Test]
    public async Task Cleanup_AfterTheEnd_DeletesTheDeploymentsAndTheEnvironment()
    {
        await DeployAsync(_head, DeploymentState.Success);
        await DeployAsync(Server.Push("acme", "shop", 22).HeadSha, DeploymentState.Success);
        Assert.That(Server.Environments("acme", "shop"), Is.EqualTo((string[])["pr-22"]));
        await CleanUpAsync();
        Assert.That(Server.Deployments("acme", "shop"), Has.Count.EqualTo(2), "it is not over yet");

        await DeployAsync(_head, DeploymentState.Inactive);
        Assert.That((await CleanUpAsync()).Failures, Is.Empty);
        Assert.That(Server.Deployments("acme", "shop"), Is.Empty);
        Assert.That(Server.Environments("acme", "shop"), Is.Empty);
        Server.Requests.Reset();
        await CleanUpAsync();
        Assert.That(Server.Requests.Entries, Is.Empty, "it is done");
    }

    [Test]
    public async Task Cleanup_OthersDeployToTheEnvironment_LeavesWhatIsTheirs()
    {
        await DeployAsync(_head, DeploymentState.Success);
        var others = await Client.Get<IDeploymentWriter>().CreateAsync(Client.Access, _head, "pr-22", "somebody/else", Ct);
        await DeployAsync(_head, DeploymentState.Inactive);
        await CleanUpAsync();

        Assert.That(Server.Deployments("acme", "shop").Select(d => d.Id), Is.EqualTo([((WriteResult<long>.Done)others).Value]));
        Assert.That(Server.Environments("acme", "shop"), Is.EqualTo((string[])["pr-22"]));
    }

    [Test]
    public async Task Cleanup_ProcessDiedBeforeIt_IsDoneFromWhatTheReleaseSays()
    {
        await DeployAsync(_head, DeploymentState.Success);
        await DeployAsync(_head, DeploymentState.Inactive);
        Restart();
        await CleanUpAsync(EnvironmentPhase.Deleting);

        Assert.That(Server.Deployments("acme", "shop"), Is.Empty);
    }

    [Test]
    public async Task Cleanup_OneWasLeftActive_EndsItFirst()
    {
        await DeployAsync(_head, DeploymentState.Success);
        await DeployAsync(_head, DeploymentState.Inactive);
        var tag = Some.Key.ToString();
        var active = (WriteResult<long>.Done)await Client.Get<IDeploymentWriter>().CreateAsync(Client.Access, _head, "pr-22", tag, Ct);
        await Client.Get<IDeploymentWriter>().SetStateAsync(
            Client.Access, active.Value, new DeploymentReport(_head, DeploymentState.Success, "d", null), Ct);
        await CleanUpAsync();

        Assert.That(Server.Deployments("acme", "shop"), Is.Empty);
    }

    [Test]
    public async Task Cleanup_TokenMayNotDeleteEnvironments_IsToldAndTheResourceIsWell()
    {
        Server.Faults.Add(
            new FaultRule { Method = "DELETE", Path = "/environments/", Times = null, Effect = new FaultEffect.Answer(403, "{}") });
        await DeployAsync(_head, DeploymentState.Success);
        await DeployAsync(_head, DeploymentState.Inactive);
        var first = await CleanUpAsync();
        await CleanUpAsync();

        Assert.That(
            first.Failures.Single(),
            Has.Property("Permanent").True.And.Property("What").EqualTo(ReportKind.Cleanup)
                .And.Property("Message").Contains("administration"));
        Assert.That(Server.Requests.Entries.Count(e => e.Status == 403), Is.EqualTo(1));
        Assert.That(Server.Deployments("acme", "shop"), Is.Empty, "what it may delete is deleted");

        Server.Faults.Clear();
        Client.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.That((await CleanUpAsync()).Failures, Is.Empty, "rights may be granted meanwhile");
        Assert.That(Server.Environments("acme", "shop"), Is.Empty);
    }

    [Test]
    public async Task MergeGroup_OfAPullRequest_ShowsItsVerdictOnceEvenAfterARestart()
    {
        var group = Server.QueueForMerge("acme", "shop", 22);
        await MergeAsync(group, CommitState.Pending);
        await MergeAsync(group, CommitState.Success);
        Restart();
        await MergeAsync(group, CommitState.Success);

        Assert.That(
            Server.Statuses("acme", "shop", group).Select(s => (s.Context, s.State)),
            Is.EqualTo((ValueTuple<string, string>[])[("ctx", "pending"), ("ctx", "success")]));
        Assert.That(Server.Statuses("acme", "shop", _head), Is.Empty);
    }

    [Test]
    public async Task MergeGroup_OfACommitThatGitHubDoesNotKnow_IsTriedOnce()
    {
        await MergeAsync(new string('0', 40), CommitState.Success);
        var outcome = await MergeAsync(new string('0', 40), CommitState.Success);

        Assert.That(outcome.Failures.Single(), Has.Property("Permanent").True);
        Assert.That(Server.Requests.Entries.Count(e => e is { Method: "POST", Status: 422 }), Is.EqualTo(1));
    }

    private Task<ReportOutcome> CleanUpAsync(string? phase = null)
    {
        var snapshot = Snapshot(phase is not null);
        var spec = snapshot.Spec.Spec! with { CleansUpDeployments = true };
        var plan = phase is null ? Plan() : Plan(d => d with { Phase = phase, Release = snapshot.Releases.Single().Metadata.Key });
        return new DeploymentCleanupChannel(Client.Get<IDeploymentWriter>(), Notes(), Client.Time).ReportAsync(
            new ReportJob(snapshot with { Spec = snapshot.Spec with { Spec = spec } }, plan, [], _memory), Ct);
    }

    private Task<ReportOutcome> MergeAsync(string sha, CommitState state)
    {
        var group = new MergeGroup(22, sha);
        var status = PostedReasons.WithReason(new CommitStatus(_head, "ctx", state, StatusDescriptions.Succeeded, null));
        var snapshot = Snapshot(false);
        var annotations = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add(MergeGroups.NameOf(group), MergeGroups.ValueOf(group, Some.Now));
        var resource = snapshot.Resource with { Metadata = snapshot.Resource.Metadata with { Annotations = annotations } };
        return new MergeGroupChannel(Client.Get<ICommitStatusReporter>(), Notes(), Client.Time).ReportAsync(
            new ReportJob(
                snapshot with
                {
                    Resource = resource,
                    Spec = snapshot.Spec with { Spec = snapshot.Spec.Spec! with { ReportsToMergeQueue = true } },
                    Listing = new PullRequestListing.Complete([Some.PullRequest(22) with { HeadSha = _head }]),
                },
                Plan(d => d with { Status = status }), [], _memory),
            Ct);
    }

    private void Restart()
    {
        _memory = new ResourceMemory();
        _memory.Listing = new ListingMemory(
            new ListingSource(Client.Access.ApiUrl, "acme", "shop", null), Client.Access, new PullRequestListing.Complete([]), null,
            Some.Now);
    }

    private Task<ReportOutcome> CommentAsync(string text, bool release = true, bool mayCreate = true) =>
        new CommentChannel(Client.Get<ICommentWriter>(), Notes(), Client.Time).ReportAsync(
            new ReportJob(
                Snapshot(release), Plan(d => d with { Comment = new CommentReport(text, Marker, $"{Marker}\n{text}", mayCreate) }), [],
                _memory),
            Ct);

    private Task<ReportOutcome> DeployAsync(string sha, DeploymentState state) =>
        new DeploymentChannel(Client.Get<IDeploymentWriter>(), Notes(), Client.Time).ReportAsync(
            new ReportJob(
                Snapshot(true), Plan(d => d with { Deployment = new DeploymentReport(sha, state, "d", "https://pr-22.test/") }), [],
                _memory),
            Ct);

    private Task<ReportOutcome> PostAsync(string sha, CommitState state) =>
        new CommitStatusChannel(Client.Get<ICommitStatusReporter>(), Notes(), Client.Time).ReportAsync(
            new ReportJob(
                Snapshot(false),
                Plan(d => d with { Status = new CommitStatus(sha, "ctx", state, "d", null) { Reason = state.ToString() } }), [], _memory),
            Ct);

    private ReportNotes Notes()
    {
        var applier = new Mock<IReleaseApplier>();
        applier.Setup(
            a => a.NoteAsync(
                It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Callback((ResourceKey _, string _, string name, string value, CancellationToken _) => _notes[name] = value)
            .ReturnsAsync(new ApplyResult(null, null));
        return new ReportNotes(applier.Object, Mock.Of<IClusterView>());
    }

    private Snapshot Snapshot(bool withRelease)
    {
        var release = Some.Release(22);
        release = release with
        {
            Metadata = release.Metadata with
            {
                Annotations = release.Metadata.Annotations!.Concat(_notes).ToImmutableDictionary(StringComparer.Ordinal),
            },
        };
        return new Snapshot { Resource = Some.Resource(), Spec = Some.Reading(), Now = Some.Now, Releases = withRelease ? [release] : [] };
    }

    private static Plan Plan(Func<EnvironmentDecision, EnvironmentDecision>? change = null) => new()
    {
        Overall = OverallVerdict.Well("ok"),
        Environments = change is null
            ? []
            : [change(
                new EnvironmentDecision { PrNumber = 22, Rule = "test", Phase = EnvironmentPhase.Ready, Reason = "R", Message = "m" })],
    };
}
