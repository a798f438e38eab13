using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Planning.Simulation;

/// <summary>
/// GitHub, a cluster, Flux, the environments' URLs and one or more controllers on one virtual clock, second by second; and the log of
/// what they do, which reads like a story.
/// </summary>
internal sealed class Story
{
    // More looks than this within one second, with nothing new to see, is a busy loop.
    private const int MostLooks = 5;

    private readonly StringBuilder _log = new();
    private readonly Dictionary<FakeController, string> _names = [];

    public Story()
    {
        Flux = new FakeFlux(Cluster);
        Ask = target => Answer(target);
    }

    public DateTimeOffset Now { get; private set; } = World.Noon;

    public FakeCluster Cluster { get; } = new();

    public FakeFlux Flux { get; }

    public FakeGitHub GitHub { get; } = new();

    /// <summary>Pull requests whose environment answers 503, whatever runs there.</summary>
    public HashSet<int> Down { get; } = [];

    /// <summary>Commits that have answered.</summary>
    public HashSet<string> Answered { get; } = new(StringComparer.Ordinal);

    public string Log => _log.ToString();

    public Func<ProbeTarget, string?> Ask { get; }

    public IEnumerable<FakeController> Controllers => _names.Keys;

    public FakeController Add(
        World world, string name = "demo", ControllerSettings? settings = null, Func<ImmutableArray<HelmRelease>>? cache = null)
    {
        var resource = world.Resource with
        {
            Metadata = world.Resource.Metadata with { Name = name, Uid = "uid-" + name, Finalizers = null },
            Status = null,
        };
        var controller = new FakeController(resource, Cluster, GitHub, Ask)
        {
            Settings = settings ?? new ControllerSettings(),
            Cache = cache ?? (() => Cluster.Releases),
        };
        _names.Add(controller, name);
        return controller;
    }

    public void Say(string what)
    {
        if (_log.Length > 0)
            _log.Append('\n');
        _log.Append("# ").Append(what).Append('\n');
    }

    public void Open(int number, string sha, Func<PullRequest, PullRequest>? change = null)
    {
        var pullRequest = World.Plain.Open(number, sha, change).PullRequests[0];
        GitHub.Open(pullRequest);
    }

    public void Delete(FakeController controller) =>
        controller.Change(r => r with { Metadata = r.Metadata with { DeletionTimestamp = Now, Generation = r.Metadata.Generation + 1 } });

    /// <summary>Lets time pass; every controller is woken at once, as the watch of whatever has just been changed would.</summary>
    public void Run(TimeSpan time)
    {
        var woken = true;
        for (var end = Now + time; Now < end; Now = Next(end))
        {
            // Nothing watches them.
            foreach (var name in Cluster.Namespaces.Step(Now))
                Line($"Kubernetes: namespace {name} is gone");
            foreach (var line in Flux.Step(Now))
            {
                Line(line);
                woken = true;
            }

            foreach (var (controller, name) in _names)
            {
                if (controller.Prober.Step(Now) | woken | controller.Due <= Now)
                    Reconcile(controller, name);
            }

            woken = false;
        }
    }

    // The next full second in which anything is due; those between are the same without it.
    private DateTimeOffset Next(DateTimeOffset end)
    {
        var due = _names.Keys.Select(c => c.Due < c.Prober.Next ? c.Due : c.Prober.Next)
            .Append(Flux.Next(Now)).Append(Cluster.Namespaces.Next).Append(end).Min();
        return Now + TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling((due - Now).TotalSeconds)));
    }

    /// <summary>Lets time pass while no controller runs and nothing else happens.</summary>
    public void Pass(TimeSpan time) => Now += time;

    private void Reconcile(FakeController controller, string name)
    {
        for (var looks = 1; ; looks++)
        {
            if (looks > MostLooks)
                throw new InvalidOperationException($"{name} finds no rest:\n{_log}");
            ImmutableArray<string> lines;
            try
            {
                lines = controller.Reconcile(Now);
            }
            catch (KilledException)
            {
                Line($"{name} is killed, and another takes over");
                controller.Restart();
                continue;
            }

            foreach (var line in lines)
                Line(_names.Count > 1 ? $"{name}: {line}" : line);
            // Its own writes wake it; what has not changed does not.
            if (controller.HasFailed || (lines.IsEmpty && controller.Due > Now))
                return;
        }
    }

    private string? Answer(ProbeTarget target)
    {
        var number = ReleaseNaming.PrNumberOf(target.Release.Name)!.Value;
        if (!Flux.Running.TryGetValue(target.Revision.ReleaseUid, out var commit))
            return "could not be connected to";
        if (Down.Contains(number))
            return "answered 503";
        Answered.Add(commit);
        return null;
    }

    private void Line(string line) =>
        _log.Append(Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture)).Append("  ").Append(line).Append('\n');
}
