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
using PrEnv.Core.Plans;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reporting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(120_000)]
internal sealed class ReportLoopTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly ResourceMemory _memory = new();
    private readonly ConcurrentQueue<CommitStatus> _posted = new();
    private readonly ConcurrentQueue<ResourceKey> _woken = new();
    private readonly ReportLoop _loop;
    private Func<CommitStatus, Task<WriteResult<CommitStatus>>> _answer = Posted;

    public ReportLoopTests()
    {
        var access = new RepositoryAccess(new Uri("https://api.github.com/"), "octo", "app", GitHubCredential.Anonymous);
        _memory.Listing = new ListingMemory(new ListingSource(access.ApiUrl, "octo", "app", null), access, Some.Listing(), null, Some.Now);
        var github = new Mock<ICommitStatusReporter>();
        github.Setup(g => g.PostAsync(It.IsAny<RepositoryAccess>(), It.IsAny<CommitStatus>(), It.IsAny<CancellationToken>()))
            .Returns((RepositoryAccess _, CommitStatus status, CancellationToken _) =>
            {
                _posted.Enqueue(status);
                return _answer(status);
            });
        var applier = new Mock<IReleaseApplier>();
        applier.Setup(
            a => a.NoteAsync(
                It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ApplyResult(null, null));
        var registry = new MetricsRegistry();
        _loop = new ReportLoop(
            [new CommitStatusChannel(github.Object, new ReportNotes(applier.Object, Mock.Of<IClusterView>()), _time)],
            new QueueMetricsFactory(registry),
            new ReconcileMetricsFactory(registry), _time, NullLogger<ReportLoop>.Instance)
        {
            Wake = _woken.Enqueue,
        };
    }

    [TearDown]
    public void Dispose() => _loop.Dispose();

    [Test]
    public async Task Hand_GitHubDoesNotAnswer_ReturnsAtOnce_AndOnlyTheNewestIsSentAfterwards()
    {
        var slow = new TaskCompletionSource<WriteResult<CommitStatus>>();
        _answer = status => status.State == CommitState.Pending ? slow.Task : Posted(status);
        _loop.Hand(Some.Key, Job(CommitState.Pending, 1, 2, 3));
        var first = _loop.ReconcileAsync(Some.Key, CancellationToken.None);

        _loop.Hand(Some.Key, Job(CommitState.Failure, 1, 2, 3));
        _loop.Hand(Some.Key, Job(CommitState.Success, 1, 2, 3));
        slow.SetResult(await Posted(_posted.First()));
        await first;
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);

        Assert.That(
            _posted.Select(s => s.State),
            Is.EqualTo((CommitState[])[CommitState.Pending, CommitState.Success, CommitState.Success, CommitState.Success]));
    }

    [Test]
    public async Task ReconcileAsync_Deferred_ComesBackExactlyThen()
    {
        _answer = _ => Answer(new WriteResult<CommitStatus>.Deferred(Some.Now.AddSeconds(90)));
        _loop.Hand(Some.Key, Job(CommitState.Success, 1, 2));

        Assert.That(
            await _loop.ReconcileAsync(Some.Key, CancellationToken.None),
            Is.EqualTo(ReconcileResult.RequeueAfter(TimeSpan.FromSeconds(90))));
        Assert.That(_posted, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReconcileAsync_KeepsFailing_IsTriedAgainAndToldOnce()
    {
        _answer = _ => Answer(new WriteResult<CommitStatus>.Failed("GitHub failed (500).", WriteFailure.Passing));
        _loop.Hand(Some.Key, Job(CommitState.Success, 1));
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
            waits.Add((await _loop.ReconcileAsync(Some.Key, CancellationToken.None)).Delay.TotalSeconds);

        Assert.That(waits, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 60, 60 }));
        Assert.That(_woken, Has.Count.EqualTo(1));
        Assert.That(
            _loop.Hand(Some.Key, Job(CommitState.Success, 1)),
            Is.EqualTo((ReportFailure[])[new ReportFailure(1, "GitHub failed (500).", Permanent: false)]));
    }

    [Test]
    public async Task ReconcileAsync_Posted_DoesNotWakeTheResource_AndPostsOnce()
    {
        _loop.Hand(Some.Key, Job(CommitState.Success, 1));
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);

        Assert.That(_woken, Is.Empty);
        Assert.That(_posted, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Forget_ResourceIsGone_SendsNothing()
    {
        _loop.Hand(Some.Key, Job(CommitState.Success, 1));
        _loop.Forget(Some.Key);

        Assert.That(await _loop.ReconcileAsync(Some.Key, CancellationToken.None), Is.EqualTo(ReconcileResult.Done));
        Assert.That(_posted, Is.Empty);
    }

    [Test]
    public async Task WaitBeforeTheEnd_UntilGitHubWasTold_AndNotForEver()
    {
        var job = Job(CommitState.Success, 1);
        job = job with
        {
            Snapshot = job.Snapshot with { Resource = Deleted(job.Snapshot.Resource) },
            Plan = job.Plan with
            {
                Environments = [job.Plan.Environments[0] with { Comment = new CommentReport("key", "marker", "body", MayCreate: false) }],
            },
        };
        Assert.That(_loop.WaitBeforeTheEnd(Some.Key), Is.Null, "nothing to tell");
        _answer = _ => Answer(new WriteResult<CommitStatus>.Failed("GitHub failed (500).", WriteFailure.Passing));
        _loop.Hand(Some.Key, job);
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(_loop.WaitBeforeTheEnd(Some.Key), Is.EqualTo(TimeSpan.FromMilliseconds(500)));
        _time.Advance(ReportLoop.LongestWaitAtTheEnd - TimeSpan.FromSeconds(1));
        Assert.That(_loop.WaitBeforeTheEnd(Some.Key), Is.Not.Null);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_loop.WaitBeforeTheEnd(Some.Key), Is.Null, "long enough");

        _loop.Hand(Some.Key, job with { WaitsUntil = null });
        _answer = _ => Answer(new WriteResult<CommitStatus>.Deferred(Some.Now.AddHours(1)));
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(_loop.WaitBeforeTheEnd(Some.Key), Is.Not.Null, "not told yet");
        _answer = Posted;
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(_loop.WaitBeforeTheEnd(Some.Key), Is.Null, "told");

        static PREphemeralEnvController Deleted(PREphemeralEnvController resource) =>
            resource with { Metadata = resource.Metadata with { DeletionTimestamp = Some.Now } };
    }

    private static Task<WriteResult<CommitStatus>> Posted(CommitStatus status) =>
        Answer(new WriteResult<CommitStatus>.Done(status, IsNew: true));

    private static Task<WriteResult<CommitStatus>> Answer(WriteResult<CommitStatus> result) => Task.FromResult(result);

    private static string HeadOf(int number) => new((char)('0' + number), 40);

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
                    Status = new CommitStatus(HeadOf(n), "ephemeral-env/ctrl", state, "Done", null),
                }),
            ],
        };
        var snapshot = new Snapshot
        {
            Resource = Some.Resource(),
            Spec = Some.Reading(),
            Now = Some.Now,
            Releases = [.. numbers.Select(n => Some.Release(n))],
        };
        foreach (var number in numbers)
            _memory.RolledOut[(Some.Release(number).Metadata.Uid, HeadOf(number))] = true;
        return new ReportJob(snapshot, plan, [], _memory);
    }
}
