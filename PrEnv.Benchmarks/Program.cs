using System.Globalization;
using BenchmarkDotNet.Running;
using PrEnv.Benchmarks.Load;
using PrEnv.Benchmarks.Quota;

// load [N]: the end-to-end load with N environments. quota: what an hour costs of GitHub's rate limit. Anything else is BenchmarkDotNet's.
if (args is ["load", ..])
{
    await using var load = new LoadCommand(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000, Console.Out);
    await load.RunAsync(CancellationToken.None);
    return 0;
}

if (args is ["quota"])
{
    await new QuotaCommand(Console.Out).RunAsync(CancellationToken.None);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(LoadCommand).Assembly).Run(args);
return 0;
