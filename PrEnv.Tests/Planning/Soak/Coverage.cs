using System.Collections.Concurrent;
using System.Globalization;

namespace PrEnv.Tests.Planning.Soak;

/// <summary>How often what was reached: nobody is to believe in a soak that never came anywhere.</summary>
internal sealed class Coverage
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    public long Of(string what) => _counts.GetValueOrDefault(what);

    /// <summary>One line for each kind.</summary>
    public override string ToString() => string.Join('\n', _counts
        .GroupBy(c => c.Key.Split(' ')[0], StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => $"{g.Key}: " + string.Join(", ", g.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key[(g.Key.Length + 1)..]} {c.Value}")))));
}
