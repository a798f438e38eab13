using System.Diagnostics;

namespace PrEnv.Benchmarks.Queue;

/// <summary>What one round cost the whole process.</summary>
internal sealed record Measurement(int Operations, TimeSpan Elapsed, TimeSpan Cpu, long AllocatedBytes)
{
    public static async Task<Measurement> OfAsync(int operations, Func<Task> round)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var cpu = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        await round();
        var elapsed = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Measurement(operations, elapsed, Environment.CpuUsage.TotalTime - cpu, allocated);
    }
}
