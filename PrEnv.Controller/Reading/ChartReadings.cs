using System.Collections.Immutable;
using PrEnv.Controller.Kubernetes.Charts;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Reading;

/// <summary>
/// Asks HelmCharts why they are not ready: each once for a wait, and again after a while, because the cause may change while the release
/// shows the same.
/// </summary>
internal sealed class ChartReadings(IHelmChartReader charts, TimeProvider time)
{
    /// <summary>How long an answer serves.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    // A source that is missing concerns every environment: the others are read by the next reconciles.
    private const int MostAtOnce = 25;

    public async Task<ImmutableDictionary<ResourceKey, ChartReading>> ReadAsync(
        ImmutableArray<ChartQuestion> questions, ResourceMemory memory, CancellationToken cancellationToken)
    {
        memory.KeepCharts(questions);
        foreach (var question in questions.Where(q => IsDue(memory, q)).OrderBy(q => q.Since).Take(MostAtOnce))
        {
            var reading = await charts.ReadAsync(question.Chart, cancellationToken);
            memory.Charts[question.Chart] = new ChartMemory(question, reading, time.GetTimestamp());
        }

        return memory.Charts.ToImmutableDictionary(c => c.Key, c => c.Value.Reading);
    }

    private bool IsDue(ResourceMemory memory, ChartQuestion question) =>
        !memory.Charts.TryGetValue(question.Chart, out var known)
        || known.Question != question || time.GetElapsedTime(known.ReadAt) >= Lifetime;
}
