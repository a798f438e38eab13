using CsCheck;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Laws;

/// <summary>
/// From any state, under any finite run of faults, the environments become those that the pull requests ask for; and then there is
/// silence.
/// </summary>
[TestFixture]
public sealed class ConvergenceTests
{
    private static readonly Gen<int> Number = Gen.Int[1, 4];

    private static readonly Gen<Action<Trouble>> Happening = Gen.OneOf(
        Gen.Select(Number, Gen.OneOf('a', 'b', 'c')).Select((n, c) => (Action<Trouble>)(t => t.Open(n, Commit(c, n)))),
        Gen.Select(Number, Gen.OneOf('a', 'b', 'c')).Select((n, c) => (Action<Trouble>)(t => t.Push(n, Commit(c, n)))),
        Number.Select(n => (Action<Trouble>)(t => t.Story.GitHub.Close(n))),
        Number.Select(n => (Action<Trouble>)(t => t.Story.GitHub.LeftOut.Add(n))),
        Number.Select(n => (Action<Trouble>)(t => t.Story.Down.Add(n))),
        Number.Select(n => (Action<Trouble>)(t => t.Story.Down.Remove(n))),
        Gen.Enum<UnavailableReason>().Select(
            r => (Action<Trouble>)(t => t.Story.GitHub.Away = new PullRequestListing.Unavailable(r, "away"))),
        Gen.Const((Action<Trouble>)(t => t.Story.GitHub.Away = null)),
        Gen.Const((Action<Trouble>)(t => t.Controller.Restart())),
        Gen.Const((Action<Trouble>)(t => t.Controller.DiesAfterPosting ^= true)),
        Gen.Const((Action<Trouble>)(t => t.Story.Flux.Broken.UnionWith([Commit('b', 1), Commit('b', 2)]))),
        Gen.OneOf("envs", "previews").Select(
            d => (Action<Trouble>)(
                t => t.Controller.Edit(s => s with { EnvCreationHelmRepo = s.EnvCreationHelmRepo! with { DestinationNamespace = d } }))),
        Gen.OneOf("0.1.0", "0.2.0").Select(
            v => (Action<Trouble>)(
                t => t.Controller.Edit(s => s with { EnvCreationHelmRepo = s.EnvCreationHelmRepo! with { ChartVersion = v } }))),
        Gen.Bool.Select(b => (Action<Trouble>)(t => t.Controller.Edit(s => s with { Suspend = b }))),
        Gen.OneOf("60s", "often").Select(i => (Action<Trouble>)(t => t.Controller.Edit(s => s with { Interval = i }))),
        Number.Select(n => (Action<Trouble>)(t => t.Hand(n, r => r.Set("interval", "1h")))),
        Number.Select(n => (Action<Trouble>)(t => t.Hand(n, r => r.Values("""{"replicas":2}""")))),
        Number.Select(n => (Action<Trouble>)(t => t.Hand(n, r => r.Suspended()))),
        Number.Select(n => (Action<Trouble>)(t => t.Hand(n, r => r.Meta(m => m with { Labels = null })))),
        Number.Select(n => (Action<Trouble>)(t => t.Remove(n))),
        Gen.Int[1, 5].Select(n => (Action<Trouble>)(t => t.FaultsLeft += n)));

    private static readonly Gen<(int World, (Action<Trouble> What, int Seconds)[] Happenings)> Run =
        Gen.Select(Gen.Int[0, 2], Gen.Select(Happening, Gen.Int[0, 90]).Array[1, 12]);

    [Test]
    public void Convergence_AfterAnyRunOfFaults_IsReachedAndThenSilent() =>
        Run.Sample(run => Live(run.World, run.Happenings), iter: 150, threads: 1);

    // Two pull requests with one head commit would share its statuses.
    private static string Commit(char c, int number) =>
        new string(c, 39) + number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Live(int world, (Action<Trouble> What, int Seconds)[] happenings)
    {
        var trouble = new Trouble(
            new[]
            {
                World.Plain,
                World.Fluxed,
                World.Probing.Spec(s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NUMBER>>.test/" }),
            }[world]);
        foreach (var (what, seconds) in happenings)
        {
            what(trouble);
            trouble.Story.Run(TimeSpan.FromSeconds(seconds));
        }

        trouble.End();
        trouble.Story.Run(TimeSpan.FromMinutes(12));
        trouble.AssertConverged();

        var before = trouble.Writes;
        trouble.Story.Run(TimeSpan.FromMinutes(10));
        Assert.That(trouble.Writes, Is.EqualTo(before), () => "not silent:\n" + trouble.Story.Log);
    }

    /// <summary>A story in which anything happens.</summary>
    private sealed class Trouble
    {
        public Trouble(World world)
        {
            Story.Flux.RetryTime = TimeSpan.FromMinutes(1);
            Controller = Story.Add(world);
            Controller.Fault = _ => FaultsLeft-- > 0 ? (new ApiStatus(500, "InternalError", "etcd is away"), FaultsLeft % 2 == 0) : null;
        }

        public Story Story { get; } = new();

        public FakeController Controller { get; }

        public int FaultsLeft { get; set; }

        public (int Cluster, int Status, int Events, int Posts) Writes =>
            (Story.Cluster.Writes, Controller.StatusWrites, Controller.Events, Story.GitHub.Posted.Count);

        public void Open(int number, string sha)
        {
            if (Story.GitHub.PullRequests.All(p => p.Number != number))
                Story.Open(number, sha);
        }

        public void Push(int number, string sha)
        {
            if (Story.GitHub.PullRequests.Any(p => p.Number == number))
                Story.GitHub.Push(number, sha);
        }

        public void Hand(int number, Func<HelmRelease, HelmRelease> change)
        {
            if (Of(number) is { Metadata.DeletionTimestamp: null } release)
                Story.Cluster.Change(release, change);
        }

        // Who deletes a suspended release by hand gets what Flux does then.
        public void Remove(int number)
        {
            if (Of(number) is { Metadata.DeletionTimestamp: null, Spec.Suspend: not true } release)
                Story.Cluster.Run(new PlannedAction.Delete(number, release.Metadata.Key, release.Metadata.Uid, false, null), Story.Now);
        }

        /// <summary>The faults are over, and people have put right what only they can.</summary>
        public void End()
        {
            FaultsLeft = 0;
            Story.GitHub.Away = null;
            Story.GitHub.LeftOut.Clear();
            Story.Down.Clear();
            Story.Flux.Broken.Clear();
            Controller.DiesAfterPosting = false;
            Controller.Edit(s => s with { Suspend = false, Interval = "60s" });
            foreach (var release in Story.Cluster.Releases.Where(r => r.Spec.Suspend == true))
                Story.Cluster.Change(release, r => r.Set("suspend", null));
            // Without labels and its own number among the values, it is foreign, and in the way.
            foreach (var release in Story.Cluster.Releases.Where(r => r.Metadata.Labels is null && r.Spec.PrNumber is null).ToList())
                Story.Cluster.Run(new PlannedAction.Delete(0, release.Metadata.Key, release.Metadata.Uid, false, null), Story.Now);
        }

        public void AssertConverged()
        {
            var wanted = Story.GitHub.PullRequests.ToDictionary(
                p => ReleaseNaming.NameOf(p.Number), p => p.HeadSha, StringComparer.Ordinal);
            // One whose labels were taken off while its pull request was closed, or its destination changed, is nobody's.
            var ours = Story.Cluster.Releases.Where(r => Ownership.PrNumberIfOwned(r, Controller.Resource!) is not null).ToList();
            Assert.That(ours.Select(r => r.Metadata.Name), Is.EquivalentTo(wanted.Keys), () => Story.Log);
            foreach (var release in ours)
            {
                var sha = wanted[release.Metadata.Name];
                Assert.That(
                    release.Metadata.Namespace, Is.EqualTo(Controller.Resource!.Spec.EnvCreationHelmRepo!.DestinationNamespace),
                    () => Story.Log);
                Assert.That(Story.Flux.Running.GetValueOrDefault(release.Metadata.Uid), Is.EqualTo(sha), () => Story.Log);
                Assert.That(Story.GitHub.Latest(sha, World.Context)?.State, Is.EqualTo(CommitState.Success), () => Story.Log);
            }

            Assert.That(Controller.Resource!.Status!.Environments!.Select(e => e.Phase), Is.All.EqualTo("Ready"), () => Story.Log);
            Assert.That(Controller.Resource.Status.Condition("Ready")!.IsTrue, () => Story.Log);
            Assert.That(Story.Flux.Leaked, Is.Empty, () => Story.Log);
        }

        private HelmRelease? Of(int number) => Story.Cluster.Releases.FirstOrDefault(r => r.Metadata.Name == ReleaseNaming.NameOf(number));
    }
}
