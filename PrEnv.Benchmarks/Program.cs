using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using PrEnv.Benchmarks.Chaos;
using PrEnv.Benchmarks.Load;
using PrEnv.Benchmarks.Page;
using PrEnv.Benchmarks.Queue;
using PrEnv.Benchmarks.Quota;
using PrEnv.Benchmarks.Scale;
using PrEnv.Benchmarks.Watching;

// load [N] [seconds]: the end-to-end load with N environments, watched for so long once they are settled. flood: webhook deliveries, half
// of them forged, faster than they are of use. scale [R] [N] [minutes]: R resources with N environments each, watched for so long once they
// are settled. chaos [minutes] [seed]: three controllers while everything goes wrong. queue: the work queue against its references.
// watch [N] [minutes]: what it costs to follow N releases, and to go on following them while they change for so long. quota: what an hour
// costs of GitHub's rate limit. page: what the page costs. Anything else is BenchmarkDotNet's.
switch (args)
{
    case ["load", ..]:
        await using (var load = new LoadCommand(Number(1, 1000), TimeSpan.FromSeconds(Number(2, 180)), Console.Out))
            await load.RunAsync(CancellationToken.None);
        break;
    case ["flood"]:
        await using (var flood = new FloodCommand(Console.Out))
            await flood.RunAsync(CancellationToken.None);
        break;
    case ["scale", ..]:
        await using (var scale = new ScaleCommand(
            new ScaleSize(Number(1, 100), Number(2, 100), TimeSpan.FromMinutes(Number(3, 10))), Console.Out))
        {
            await scale.RunAsync(CancellationToken.None);
        }

        break;
    case ["chaos", ..]:
        await using (var chaos = new ChaosCommand(TimeSpan.FromMinutes(Number(1, 30)), Number(2, 1), Console.Out))
            return await chaos.RunAsync(CancellationToken.None) ? 0 : 1;
    case ["queue"]:
        await new QueueCommand(Console.Out).RunAsync();
        break;
    case ["watch", ..]:
        await WatchCommand.Parse(args[1..], Console.Out).RunAsync(CancellationToken.None);
        break;
    case ["quota"]:
        await new QuotaCommand(Console.Out).RunAsync(CancellationToken.None);
        break;
    case ["page"]:
        await new PageCommand(Console.Out).RunAsync(CancellationToken.None);
        break;
    default:
        // The processes that it starts get the project's settings of the runtime, except those of the just-in-time compiler.
        var asTheProcess = Job.Default.WithEnvironmentVariable("DOTNET_TieredPGO", "0");
        BenchmarkSwitcher.FromAssembly(typeof(LoadCommand).Assembly).Run(args, DefaultConfig.Instance.AddJob(asTheProcess.AsDefault()));
        break;
}

return 0;

int Number(int position, int otherwise) => args.Length > position ? int.Parse(args[position], CultureInfo.InvariantCulture) : otherwise;
