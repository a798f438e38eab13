using System.Globalization;
using BenchmarkDotNet.Running;
using PrEnv.Benchmarks.Load;
using PrEnv.Benchmarks.Watching;

// load [N]: the end-to-end load with N environments. Anything else is BenchmarkDotNet's.
if (args is ["load", ..])
{
    await using var load = new LoadCommand(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000, Console.Out);
    await load.RunAsync(CancellationToken.None);
    return 0;
}

// watch [N] [minutes]: what it costs to follow N releases, and to go on following them while they change for so long.
if (args is ["watch", ..])
{
    await WatchCommand.Parse(args[1..], Console.Out).RunAsync(CancellationToken.None);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(LoadCommand).Assembly).Run(args);
return 0;
