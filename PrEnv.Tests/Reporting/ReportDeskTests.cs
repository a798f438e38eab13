using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Reporting;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;
using PrEnv.Tests.Reconcile;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reporting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(120_000)]
internal sealed class ReportDeskTests : IDisposable
{
    private readonly FakeTimeProvider time = new(Some.Now);
    private readonly ResourceMemory memory = new();
    private readonly ConcurrentQueue<CommitStatus> posted = new();
    private readonly ConcurrentQueue<ResourceKey> woken = new();
    private readonly ReportDesk desk;
    private Func<CommitStatus, Task<WriteResult<CommitStatus>>> answer = Posted;

    public ReportDeskTests()
    {
        var access = new RepositoryAccess(new Uri("https://api.github.com/"), "octo", "app", GitHubCredential.Anonymous);
        memory.Listing = new ListingMemory(new ListingSource(access.ApiUrl, "octo", "app", null), access, Some.Listing(), null, Some.Now);
        var github = new Mock<ICommitStatusReporter>();
        github.Setup(g => g.PostAsync(It.IsAny<RepositoryAccess>(), It.IsAny<CommitStatus>(), It.IsAny<CancellationToken>()))
            .Returns((RepositoryAccess _, CommitStatus status, CancellationToken _) =>
            {
                posted.Enqueue(status);
                return answer(status);
            });
        var applier = new Mock<IReleaseApplier>();
        applier.Setup(a => a.RecordReportAsync(It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<ReportedStatus>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ApplyResult(null, null));
        var registry = new MetricsRegistry();
        desk = new ReportDesk(
            new Reporters([new StatusReporter(github.Object, applier.Object, Mock.Of<IClusterView>())]), new QueueMetricsFactory(registry),
            new ReconcileMetricsFactory(registry), time, NullLogger<ReportDesk>.Instance)
        {
            Wake = woken.Enqueue,
        };
    }

    [TearDown]
    public void Dispose() => desk.Dispose();

    [Test]
    public async Task Hand_GitHubDoesNotAnswer_ReturnsAtOnce_AndOnlyTheNewestIsSentAfterwards()
    {
        var slow = new TaskCompletionSource<WriteResult<CommitStatus>>();
        answer = status => status.State == CommitState.Pending ? slow.Task : Posted(status);
        desk.Hand(Some.Key, Job(CommitState.Pending, 1, 2, 3));
        var first = desk.ReconcileAsync(Some.Key, CancellationToken.None);

        desk.Hand(Some.Key, Job(CommitState.Failure, 1, 2, 3));
        desk.Hand(Some.Key, Job(CommitState.Success, 1, 2, 3));
        slow.SetResult(await Posted(posted.First()));
        await first;
        await desk.ReconcileAsync(Some.Key, CancellationToken.None);

        Assert.That(posted.Select(s => s.State), Is.EqualTo((CommitState[])[CommitState.Pending, CommitState.Success, CommitState.Success, CommitState.Success]));
    }

    [Test]
    public async Task ReconcileAsync_Deferred_ComesBackExactlyThen()
    {
        answer = _ => Answer(new WriteResult<CommitStatus>.Deferred(Some.Now.AddSeconds(90)));
        desk.Hand(Some.Key, Job(CommitState.Success, 1, 2));

        Assert.That(await desk.ReconcileAsync(Some.Key, CancellationToken.None), Is.EqualTo(ReconcileResult.RequeueAfter(TimeSpan.FromSeconds(90))));
        Assert.That(posted, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReconcileAsync_KeepsFailing_IsTriedAgainAndToldOnce()
    {
        answer = _ => Answer(new WriteResult<CommitStatus>.Failed("GitHub failed (500).", WriteFailure.Passing));
        desk.Hand(Some.Key, Job(CommitState.Success, 1));
        var waits = new List<double>();
        for (var i = 0; i < 8; i++) waits.Add((await desk.ReconcileAsync(Some.Key, CancellationToken.None)).Delay.TotalSeconds);

        Assert.That(waits, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 60, 60 }));
        Assert.That(woken, Has.Count.EqualTo(1));
        Assert.That(
            desk.Hand(Some.Key, Job(CommitState.Success, 1)), Is.EqualTo((ReportFailure[])[new ReportFailure(1, "GitHub failed (500).", Permanent: false)]));
    }

    [Test]
    public async Task ReconcileAsync_Posted_WakesTheResourceOnce()
    {
        desk.Hand(Some.Key, Job(CommitState.Success, 1));
        await desk.ReconcileAsync(Some.Key, CancellationToken.None);
        await desk.ReconcileAsync(Some.Key, CancellationToken.None);

        Assert.That(woken, Is.EqualTo((ResourceKey[])[Some.Key]));
        Assert.That(posted, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Forget_ResourceIsGone_SendsNothing()
    {
        desk.Hand(Some.Key, Job(CommitState.Success, 1));
        desk.Forget(Some.Key);

        Assert.That(await desk.ReconcileAsync(Some.Key, CancellationToken.None), Is.EqualTo(ReconcileResult.Done));
        Assert.That(posted, Is.Empty);
    }

    [Test]
    public async Task WaitBeforeTheEnd_UntilGitHubWasTold_AndNotForEver()
    {
        var job = Job(CommitState.Success, 1);
        job = job with
        {
            Snapshot = job.Snapshot with { Resource = Deleted(job.Snapshot.Resource) },
            Plan = job.Plan with { Environments = [job.Plan.Environments[0] with { Comment = new CommentReport("key", "marker", "body", MayCreate: false) }] },
        };
        Assert.That(desk.WaitBeforeTheEnd(Some.Key), Is.Null, "nothing to tell");
        answer = _ => Answer(new WriteResult<CommitStatus>.Failed("GitHub failed (500).", WriteFailure.Passing));
        desk.Hand(Some.Key, job);
        await desk.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(desk.WaitBeforeTheEnd(Some.Key), Is.EqualTo(TimeSpan.FromMilliseconds(500)));
        time.Advance(ReportDesk.LongestWaitAtTheEnd - TimeSpan.FromSeconds(1));
        Assert.That(desk.WaitBeforeTheEnd(Some.Key), Is.Not.Null);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(desk.WaitBeforeTheEnd(Some.Key), Is.Null, "long enough");

        desk.Hand(Some.Key, job with { WaitsUntil = null });
        answer = _ => Answer(new WriteResult<CommitStatus>.Deferred(Some.Now.AddHours(1)));
        await desk.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(desk.WaitBeforeTheEnd(Some.Key), Is.Not.Null, "not told yet");
        answer = Posted;
        await desk.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(desk.WaitBeforeTheEnd(Some.Key), Is.Null, "told");

        static PREphemeralEnvController Deleted(PREphemeralEnvController resource) =>
            resource with { Metadata = resource.Metadata with { DeletionTimestamp = Some.Now } };
    }

    private static Task<WriteResult<CommitStatus>> Posted(CommitStatus status) => Answer(new WriteResult<CommitStatus>.Done(status, IsNew: true));

    private static Task<WriteResult<CommitStatus>> Answer(WriteResult<CommitStatus> result) => Task.FromResult(result);

    private ReportJob Job(CommitState state, params int[] numbers)
    {
        var plan = new Plan
        {
            Overall = OverallVerdict.Well("ok"),
            Environments =
            [
                .. numbers.Select(n => new EnvironmentDecision
                {
                    PrNumber = n,
                    Rule = "test",
                    Phase = EnvironmentPhase.Ready,
                    Reason = "R",
                    Message = "m",
                    Release = new ResourceKey("envs", $"relpr-{n}"),
                    Report = new CommitStatus(Some.Sha, "ephemeral-env/ctrl", state, "Done", null),
                }),
            ],
        };
        var snapshot = new Snapshot { Resource = Some.Resource(), Spec = Some.Reading(), Now = Some.Now, Releases = [.. numbers.Select(n => Some.Release(n))] };
        foreach (var release in snapshot.Releases) memory.RolledOut[(release.Metadata.Uid, Some.Sha)] = true;
        return new ReportJob(snapshot, plan, [], memory);
    }
}
