using System.Diagnostics;
using PrEnv.Benchmarks.Load;
using PrEnv.Core.Informers;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Benchmarks.Scale;

/// <summary>
/// Many resources on many repositories, by one controller as a process on a real API server: what it costs to create all environments, to
/// keep them, to follow a push, to start again, to change the leader, and to share the work among four. A tenth of the repositories comes
/// first, in the same run: what is compared is compared with that.
/// </summary>
internal sealed class ScaleCommand(ScaleSize size, TextWriter output) : IAsyncDisposable
{
    private const int WarmUp = 50;
    private const int SinglePushes = 200;
    private const int ManyPushes = 1000;
    private const int AtOnce = 8;
    private const string OftenPolled = "10s";
    private const string UsuallyPolled = "60s";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShardsSettled = TimeSpan.FromMinutes(3);

    private readonly ScaleTable _table = new(output);
    private Stage _stage = null!;
    private GitHubServer _github = null!;
    private ScaleWorld _world = null!;
    private CommitEye _eye = null!;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _stage = await Stage.StartAsync("scale", ScaleWorld.Namespaces(size), cancellationToken);
        _github = _stage.Push(await GitHubServer.StartAsync(new GitHubServerOptions { RequestsPerHour = 100_000_000 }, cancellationToken));
        _world = new ScaleWorld(size, _github, _stage);
        await _world.OpenAsync(cancellationToken);
        _eye = _stage.Push(await CommitEye.OpenAsync(_stage.Watches.Releases(), cancellationToken));
        var flux = _stage.Push(HelmControllerDouble.Start(
            _stage.Configuration, new HelmControllerOptions { ChartDuration = null, InstallDuration = TimeSpan.Zero }));
        _stage.Push(await EnvironmentServer.StartAsync(flux.Environments, cancellationToken: cancellationToken));
        _table.Begin();

        var (idle, few) = await MeasureFewAsync(cancellationToken);
        var controller = await MeasureCreationAsync(cancellationToken);
        var whole = await MeasureRestAsync(controller, idle, cancellationToken);
        var many = await MeasureChangesAsync(controller, .., size.Repositories, idle, $"{size.All}", cancellationToken);
        Compare(few, many);

        // Flux still installs the last pushes, which keeps the API server busy.
        await _world.SettleAsync(size.All, cancellationToken);
        await controller.StopAsync();

        await MeasureRestartAsync(cancellationToken);
        var successions = new SuccessionFigure(_stage, _github, _world, _eye, size, _table);
        await successions.MeasureAsync(cancellationToken);
        await MeasureShardsAsync(idle, whole, cancellationToken);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private async Task<(RestFigure Idle, Costs Few)> MeasureFewAsync(CancellationToken cancellationToken)
    {
        var controller = _stage.StartController(_github, "few");
        await Readiness.UntilAsync(_stage.Ports, cancellationToken);
        await Task.Delay(Calm, TimeProvider.System, cancellationToken);
        var idle = await RestFigure.MeasureAsync(_stage, _github, [controller], Minute, cancellationToken);
        _table.Add("a process without a resource: memory, processor", "", $"{idle.Memory[0]:0} MiB, {100 * idle.Processor[0]:0.00} %");

        await _world.ApplyAsync(..size.Few, cancellationToken);
        var count = size.Few * size.PullRequests;
        await _world.SettleAsync(count, cancellationToken);
        var costs = await MeasureChangesAsync(controller, ..size.Few, size.Few, idle, $"{count}", cancellationToken);
        await controller.StopAsync();
        return (idle, costs);
    }

    private async Task<ControllerProcess> MeasureCreationAsync(CancellationToken cancellationToken)
    {
        var controller = _stage.StartController(_github, "all");
        await Readiness.UntilAsync(_stage.Ports, cancellationToken);
        var (before, count) = (_eye.Created, size.All - (size.Few * size.PullRequests));
        var clock = Stopwatch.StartNew();
        await _world.ApplyAsync(size.Few.., cancellationToken);
        while (_eye.Created < before + count)
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        _table.Add($"{count} HelmReleases created", "", $"{clock.Elapsed.TotalSeconds:0.0} s, {count / clock.Elapsed.TotalSeconds:0}/s");
        await _world.SettleAsync(size.All, cancellationToken);
        _table.Add("until Flux has installed all and all is told", "", $"{clock.Elapsed.TotalSeconds:0} s");
        return controller;
    }

    private async Task<RestFigure> MeasureRestAsync(ControllerProcess controller, RestFigure idle, CancellationToken cancellationToken)
    {
        await Task.Delay(Calm, TimeProvider.System, cancellationToken);
        var rest = await RestFigure.MeasureAsync(_stage, _github, [controller], size.Settled, cancellationToken);
        var each = 1024 * (rest.Memory[0] - idle.Memory[0]) / size.All;
        _table.Add(
            $"{size.All} settled: memory, above a process without a resource", "6 KiB an environment",
            $"{rest.Memory[0]:0} MiB, {each:0.0} KiB an environment");
        _table.Add(
            $"{size.All} settled: processor over {rest.Elapsed.TotalMinutes:0} min", "1 % of a core", $"{100 * rest.Processor[0]:0.0} %");
        _table.Add($"{size.All} settled: writes to Kubernetes", "0", $"{rest.Writes}");
        _table.Add($"{size.All} settled: requests to GitHub that count", "0", $"{rest.Charged} ({rest.Polls} that do not)");
        return rest;
    }

    private async Task<Costs> MeasureChangesAsync(
        ControllerProcess controller, Range which, int repositories, RestFigure idle, string environments,
        CancellationToken cancellationToken)
    {
        // Before any delivery comes: webhooks make polls rare.
        await _world.SetIntervalAsync(which, OftenPolled, cancellationToken);
        await Task.Delay(Calm, TimeProvider.System, cancellationToken);
        var polls = await RestFigure.MeasureAsync(_stage, _github, [controller], Minute, cancellationToken);
        var poll = polls.ProcessorOfPoll(idle);
        _table.Add(
            $"{environments}: processor of a poll that changes nothing", "", $"{poll.TotalMilliseconds:0.0} ms ({polls.Polls} polls)");
        await _world.SetIntervalAsync(which, UsuallyPolled, cancellationToken);

        // The first tenth has them from the first time.
        _world.AddWebhooks(repositories == size.Few ? ..size.Few : size.Few.., _stage.WebhookPort);
        await PushAsync(WarmUp, 1);
        var single = await PushAsync(SinglePushes, 1);
        var many = await PushAsync(ManyPushes, AtOnce);
        _table.Add($"{environments}: webhook to stored HelmRelease: median, 99 %", "30 ms, 100 ms", $"{single.Times}");
        _table.Add($"{environments}: the same while {ManyPushes} pushes arrive, {AtOnce} at a time", "", $"{many.Times}");
        _table.Add(
            $"{environments}: processor of a push, one at a time", repositories == size.Few ? "10 ms" : "",
            $"{single.Processor.TotalMilliseconds:0.0} ms");
        _table.Add($"{environments}: processor of a push, {AtOnce} at a time", "", $"{many.Processor.TotalMilliseconds:0.0} ms");
        return new Costs(poll, single.Processor, many.Processor);

        Task<PushFigure> PushAsync(int pushes, int atOnce) => PushFigure.MeasureAsync(
            number => _world.Push(number, repositories), _eye, controller, pushes, atOnce, cancellationToken);
    }

    private void Compare(Costs few, Costs many)
    {
        _table.Add("processor of a push, one at a time: ratio of all to a tenth", "1.2", $"{many.Single / few.Single:0.00}");
        _table.Add($"processor of a push, {AtOnce} at a time: ratio of all to a tenth", "1.2", $"{many.Many / few.Many:0.00}");
        _table.Add("processor of a poll that changes nothing: ratio of all to a tenth", "1.2", $"{many.Poll / few.Poll:0.00}");
    }

    private async Task MeasureRestartAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await _stage.Watches.Releases().ListAsync(new ListOptions("0"), cancellationToken);
        _table.Add($"the list of {size.All} HelmReleases alone, by the same client", "", $"{clock.Elapsed.TotalSeconds:0.0} s");

        var writes = await ApiServerWrites.CountAsync(_stage.Client, cancellationToken);
        clock.Restart();
        var controller = _stage.StartController(_github, "again");
        await Readiness.UntilAsync(_stage.Ports, cancellationToken);
        _table.Add($"start to synced with {size.All}", "3 s", $"{clock.Elapsed.TotalSeconds:0.0} s");
        while (await _stage.CountReconcilesAsync(cancellationToken) < size.Repositories)
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        _table.Add("start until every resource was reconciled", "", $"{clock.Elapsed.TotalSeconds:0.0} s");
        await Task.Delay(Calm, TimeProvider.System, cancellationToken);
        writes = await ApiServerWrites.CountAsync(_stage.Client, cancellationToken) - writes;
        _table.Add("writes to Kubernetes after a restart", "0", $"{writes}");
        await controller.StopAsync();
    }

    private async Task MeasureShardsAsync(RestFigure idle, RestFigure whole, CancellationToken cancellationToken)
    {
        var shards = new List<ControllerProcess>();
        for (var i = 0; i < ScaleSize.Shards; i++)
        {
            var ports = ControllerPorts.Free();
            shards.Add(_stage.StartController(_github, $"shard-{i}", ports, "--watch-label-selector", ScaleWorld.Shard(i)));
            await Readiness.UntilAsync(ports, cancellationToken);
        }

        await Task.Delay(Minute, TimeProvider.System, cancellationToken);
        var rest = await RestFigure.MeasureAsync(_stage, _github, shards, ShardsSettled, cancellationToken);
        var memory = string.Join(", ", rest.Memory.Select(m => $"{(m - idle.Memory[0]) / (whole.Memory[0] - idle.Memory[0]):0.00}"));
        var cpu = string.Join(
            ", ", rest.Processor.Select(p => $"{(p - idle.Processor[0]) / (whole.Processor[0] - idle.Processor[0]):0.00}"));
        _table.Add(
            $"{ScaleSize.Shards} shards: memory of each", "", string.Join(", ", rest.Memory.Select(m => $"{m:0}")) + " MiB");
        _table.Add("the same above a process without a resource, as a share of the whole", "0.25", memory);
        _table.Add("processor of each, the same way", "0.25", cpu);
        foreach (var shard in shards)
            await shard.StopAsync();
    }

    private sealed record Costs(TimeSpan Poll, TimeSpan Single, TimeSpan Many);
}
