using BenchmarkDotNet.Attributes;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Planning;

/// <summary>What one look at a resource with 1,000 environments costs, of which nothing has changed.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class PlanBenchmarks
{
    private Snapshot _snapshot = null!;
    private Snapshot _filtered = null!;
    private Snapshot _limited = null!;
    private Snapshot _configured = null!;
    private Plan _plan = null!;

    [GlobalSetup]
    public void Settle()
    {
        _snapshot = SettledSnapshot.Of(1000);
        _filtered = SettledSnapshot.Of(1000, SettledSnapshot.EveryFilter);
        _limited = SettledSnapshot.Of(1000, change: SettledSnapshot.EveryLifetime);
        _configured = SettledSnapshot.Of(1000, SettledSnapshot.EveryFilter, SettledSnapshot.BigValues);
        _plan = EnvironmentReconciler.Reconcile(_snapshot);
        foreach (var snapshot in (Snapshot[])[_snapshot, _filtered, _limited, _configured])
        {
            var plan = EnvironmentReconciler.Reconcile(snapshot);
            if (plan.Environments.Any(e => e.Phase != EnvironmentPhase.Ready || !e.Actions.IsEmpty || e.Report is not null))
                throw new InvalidOperationException("It is not settled.");
        }
    }

    [Benchmark]
    public int Questions() => EnvironmentReconciler.Questions(_snapshot).Confirmations.Length;

    [Benchmark(Baseline = true)]
    public Plan Reconcile() => EnvironmentReconciler.Reconcile(_snapshot);

    [Benchmark]
    public Plan ReconcileWithEveryFilter() => EnvironmentReconciler.Reconcile(_filtered);

    /// <summary>With a limit, checks, expiry and sleep: at most twice the baseline.</summary>
    [Benchmark]
    public Plan ReconcileWithEveryLifetime() => EnvironmentReconciler.Reconcile(_limited);

    /// <summary>With every filter, and values of 2 KiB with ten placeholders each: at most twice the baseline.</summary>
    [Benchmark]
    public Plan ReconcileWithEveryFilterAndValues() => EnvironmentReconciler.Reconcile(_configured);

    [Benchmark]
    public Publication Conclude() => Conclusion.Conclude(_snapshot, _plan, [], []);
}
