using System.Diagnostics;
using k8s;
using PrEnv.Benchmarks.Load;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Benchmarks.Scale;

/// <summary>How long nobody acts when the leader of two is killed, and when it is asked to stop; with the default lease.</summary>
internal sealed class SuccessionFigure(
    Stage stage, GitHubServer github, ScaleWorld world, CommitEye eye, ScaleSize size, ScaleTable table)
{
    private const string Lease = "prenv-controller";
    private const string Namespace = "default";
    private const string Goal = "17 s: lease and retry";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private int _instances;

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        // Only this one listens where the webhooks go: the others see the push in their first listing.
        var first = await StartAsync(stage.Ports, cancellationToken);
        await HolderAsync("", cancellationToken);
        var second = await StartAsync(ControllerPorts.Free(), cancellationToken);
        await MeasureAsync("leader killed", Goal, first.KillAsync, cancellationToken);
        var third = await StartAsync(ControllerPorts.Free(), cancellationToken);
        await MeasureAsync("leader asked to stop", "2 s", second.StopAsync, cancellationToken);
        await third.StopAsync();
    }

    private async Task MeasureAsync(string what, string goal, Func<Task> end, CancellationToken cancellationToken)
    {
        var holder = await HolderAsync("", cancellationToken);
        var start = Stopwatch.GetTimestamp();
        var ending = end();
        var pushed = eye.SeenAsync(world.Push(_instances, size.Repositories), cancellationToken);
        await HolderAsync(holder, cancellationToken);
        table.Add($"{what}: until another holds the lease", goal, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        table.Add(
            $"{what}: until a push of that moment is stored", "", $"{Stopwatch.GetElapsedTime(start, await pushed).TotalSeconds:0.0} s");
        await ending;
    }

    private async Task<ControllerProcess> StartAsync(ControllerPorts ports, CancellationToken cancellationToken)
    {
        var started = stage.StartController(
            github, $"candidate-{++_instances}", ports, "--leader-elect", "--leader-elect-namespace", Namespace);
        await Readiness.UntilAsync(ports, cancellationToken);
        return started;
    }

    private async Task<string> HolderAsync(string notThis, CancellationToken cancellationToken)
    {
        while (true)
        {
            // A list, as there is none before the first instance has asked for it.
            var leases = await stage.Client.CoordinationV1.ListNamespacedLeaseAsync(
                Namespace, fieldSelector: $"metadata.name={Lease}", cancellationToken: cancellationToken);
            if (leases.Items is [{ Spec.HolderIdentity: { Length: > 0 } holder }] && holder != notThis)
                return holder;
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }
}
