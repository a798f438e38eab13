using System.Globalization;

namespace PrEnv.Benchmarks.Load;

/// <summary>What a process has used, as Linux counts it. See https://man7.org/linux/man-pages/man5/proc.5.html.</summary>
/// <param name="ResidentMiB">Resident memory now.</param>
/// <param name="AnonymousMiB">The part of it that no file backs: what the kernel cannot drop.</param>
/// <param name="Cpu">Processor time since its start.</param>
internal sealed record ProcessUsage(double ResidentMiB, double AnonymousMiB, TimeSpan Cpu)
{
    // sysconf(_SC_CLK_TCK) is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    public static ProcessUsage Of(int pid)
    {
        var status = File.ReadAllLines($"/proc/{pid}/status");
        // The second field, the name, may contain blanks and ends with the last parenthesis.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        return new ProcessUsage(MiB(status, "VmRSS:"), MiB(status, "RssAnon:"), TimeSpan.FromSeconds(ticks / TicksPerSecond));
    }

    private static double MiB(string[] status, string field)
    {
        var line = status.First(l => l.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
