using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Tests.Flux;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Recorded;

/// <summary>
/// A recording of real Flux, lived through by the controller: pull requests are opened, pushed to and closed when the recording's releases
/// were, the controller writes the releases, and Flux's words come from the recording. Every environment answers its probes at any time,
/// whatever runs there. Each moment is kept, for the laws.
/// </summary>
internal sealed class RecordedLife
{
    // More looks than this at one moment, with nothing new to see, is a busy loop.
    private const int MostLooks = 5;

    private static readonly string[] Commits = [World.A, World.B, new('c', 40)];

    private static readonly string Another = new('d', 40);

    private readonly FakeCluster _cluster = new();
    private readonly FakeGitHub _github = new();
    private readonly FakeController _controller;
    private readonly Queue<string> _deeds = new();
    private readonly List<RecordedMoment> _moments = [];
    private readonly Dictionary<string, RecordedAttempt> _attempts = new(StringComparer.Ordinal);
    private DateTimeOffset _now = World.Noon;

    private RecordedLife(World world)
    {
        var resource = world.Resource with { Status = null };
        _controller = new FakeController(resource, _cluster, _github, _ => null);
    }

    /// <summary>One for each time the controller has looked.</summary>
    public IReadOnlyList<RecordedMoment> Moments => _moments;

    /// <summary>What happened, for people.</summary>
    public string Log => string.Join('\n', _moments.SelectMany(m => m.Log.Select(line => $"{m.At - World.Noon:mm\\:ss\\.fff} {line}")));

    /// <summary>What was posted for each commit, in order: <c>a: pending success; b: pending</c>.</summary>
    public string Posted => string.Join("; ", _moments.SelectMany(m => m.Posted).GroupBy(s => s.Sha, StringComparer.Ordinal).Select(
        g => $"{g.Key[0]}: {string.Join(' ', g.Select(s => s.State.Word()))}"));

    public static RecordedLife Of(FluxRecording recording, World world)
    {
        var life = new RecordedLife(world);
        foreach (var line in recording.Lines)
        {
            life.Pass(World.Noon + line.At);
            switch (line)
            {
                case FluxLine.Deed { Did: var did }:
                    life._deeds.Enqueue(did);
                    break;
                case FluxLine.OfRelease seen:
                    life.See(seen);
                    break;
            }
        }

        life.Pass(life._now + TimeSpan.FromSeconds(5));
        return life;
    }

    /// <summary>Lets time pass: listings and probes become due.</summary>
    private void Pass(DateTimeOffset until)
    {
        for (; _now + TimeSpan.FromSeconds(1) < until; _now += TimeSpan.FromSeconds(1))
        {
            if (_controller.Prober.Step(_now) | _controller.Due <= _now)
                Look();
        }

        _now = until;
    }

    private static int NumberOf(string release) => int.Parse(release["relpr-".Length..], CultureInfo.InvariantCulture);

    // What was done from outside shows in the release's next change, and the controller itself brings it about.
    private void See(FluxLine.OfRelease seen)
    {
        var key = new ResourceKey(World.Destination, seen.Release.Metadata.Name);
        if (seen.Type == "ADDED")
            Do(NumberOf(key.Name));
        if (_cluster.Find(key) is { } mine && mine.Metadata.Generation < seen.Release.Metadata.Generation)
        {
            for (; _cluster.Find(key)!.Metadata.Generation < seen.Release.Metadata.Generation; Do(NumberOf(key.Name)))
                Assert.That(_deeds, Is.Not.Empty, $"nothing explains generation {seen.Release.Metadata.Generation}");
        }

        var release = _cluster.Find(key);
        Assert.That(release, Is.Not.Null, $"the controller has no {key} at {seen.At}:\n{Log}");
        Assert.That(release.Metadata.Generation, Is.EqualTo(seen.Release.Metadata.Generation), $"at {seen.At}:\n{Log}");
        _attempts[key.Name] = (_attempts.GetValueOrDefault(key.Name) ?? new RecordedAttempt()).After(release, seen.Moment);
        if (seen.Type == "DELETED")
            _cluster.Remove(release);
        else
            _cluster.Put(release.Meta(m => m with { Finalizers = seen.Release.Metadata.Finalizers }) with { Status = seen.Release.Status });
        Look();
        // A probe takes no time.
        if (_controller.Prober.Step(_now))
            Look();
    }

    private void Do(int number)
    {
        var did = _deeds.Dequeue();
        var key = new ResourceKey(World.Destination, string.Create(CultureInfo.InvariantCulture, $"relpr-{number}"));
        var release = _cluster.Find(key);
        switch (did.Split(' ')[0])
        {
            case "created":
                _github.Open(World.Plain.Open(number, number == 22 ? Commits[0] : Another).PullRequests[0]);
                break;
            case "pushed":
                _github.Push(number, Commits[Array.IndexOf(Commits, _github.PullRequests.Single(p => p.Number == number).HeadSha) + 1]);
                break;
            case "suspended" or "resumed":
                _cluster.Change(release!, r => r.Set("suspend", did == "suspended"));
                break;
            case "deleted":
                _github.Close(number);
                // Suspended, it would not go as it did: that was someone else's deletion.
                if (release!.Spec.Suspend == true)
                    _cluster.Put(release.Meta(m => m with { DeletionTimestamp = _now, Generation = m.Generation + 1 }));
                break;
            default:
                return;
        }

        _controller.Announce();
        Look();
    }

    private void Look()
    {
        for (var looks = 1; ; looks++)
        {
            Assert.That(looks, Is.LessThanOrEqualTo(MostLooks), $"no rest:\n{Log}");
            var posted = _github.Posted.Count;
            var log = _controller.Reconcile(_now);
            _moments.Add(new RecordedMoment(
                _now, [.. log], [.. _github.Posted.Skip(posted)], _controller.Resource!.Status!.Environments ?? [],
                new Dictionary<string, RecordedAttempt>(_attempts, StringComparer.Ordinal)));
            if (_controller.HasFailed || (log.IsEmpty && _controller.Due > _now))
                return;
        }
    }
}
