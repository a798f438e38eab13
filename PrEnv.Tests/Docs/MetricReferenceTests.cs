using System.Collections;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using PrEnv.Controller.Monitoring;
using Prometheus;

namespace PrEnv.Tests.Docs;

/// <summary>The metrics with their labels: those of the process, all of them and no others.</summary>
internal sealed class MetricReferenceTests
{
    [Test]
    public void Metrics_WithTheirLabels_AreThoseOfTheReference()
    {
        var documented = Reference.Table("| metric |")
            .SelectMany(row => Reference.Code(row[0]).Select(name => Line(name, Reference.Code(row[1]))));

        Assert.That(documented, Is.EquivalentTo(Registered(EveryMetric())));
    }

    private static string Line(string name, IEnumerable<string> labels) =>
        $"{name} {string.Join(' ', labels.Order(StringComparer.Ordinal))}";

    // Whatever takes the registry registers its metrics when it is made.
    private static CollectorRegistry EveryMetric()
    {
        using var services = new ServiceCollection()
            .AddSingleton<MetricsRegistry>().AddSingleton<QueueMetricsFactory>().AddSingleton<ReconcileMetricsFactory>()
            .AddSingleton(TimeProvider.System).BuildServiceProvider();
        foreach (var type in typeof(MetricsRegistry).Assembly.GetTypes())
        {
            if (type.GetConstructors() is not [var constructor])
                continue;
            var parameters = constructor.GetParameters();
            if (parameters.All(p => p.ParameterType != typeof(MetricsRegistry)))
                continue;
            ActivatorUtilities.CreateInstance(
                services, type, [.. parameters.Where(p => p.ParameterType == typeof(string)).Select(p => p.Name!)]);
        }

        return services.GetRequiredService<MetricsRegistry>().Collectors;
    }

    // A scrape shows labels only of what has been counted already. The library itself knows all of them, in fields that it keeps to itself.
    private static IEnumerable<string> Registered(CollectorRegistry registry) =>
        Entries(registry, "_families").SelectMany(family => Entries(family, "_collectors")).Cast<Collector>()
            .Select(metric => Line(metric.Name, metric.LabelNames));

    private static IEnumerable<object> Entries(object owner, string field) =>
        ((IDictionary)owner.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(
            owner)!).Values.Cast<object>(
            );
}
