using System.Globalization;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Docs;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Monitoring;

/// <summary>What is shown of each resource.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EnvironmentMetricsTests
{
    private const string Ctrl = "resource_namespace=\"default\",resource=\"ctrl\"";

    private readonly MetricsRegistry _registry = new();
    private readonly EnvironmentMetrics _metrics;

    public EnvironmentMetricsTests() => _metrics = new EnvironmentMetrics(_registry);

    [Test]
    public async Task Show_OfRows_CountsThemByPhase_AndSaysSinceWhen()
    {
        _metrics.Show(Some.Key, Published("True", "Ready", Row("Ready", 5), Row("Ready", 9), Row("Held", 3)));

        Assert.That(await Scrapes.LinesAsync(_registry, "prenv_environments{"), Is.EquivalentTo(
            EnvironmentPhase.All.Select(phase =>
                $"prenv_environments{{{Ctrl},phase=\"{phase}\"}} {phase switch { "Ready" => 2, "Held" => 1, _ => 0 }}")));
        Assert.That(await Scrapes.LinesAsync(_registry, "prenv_environments_oldest"), Is.EquivalentTo((string[])[
            $"prenv_environments_oldest_timestamp_seconds{{{Ctrl},phase=\"Ready\"}} {Since(9)}",
            $"prenv_environments_oldest_timestamp_seconds{{{Ctrl},phase=\"Held\"}} {Since(3)}",
        ]));
    }

    [Test]
    public async Task Show_OfAnotherReason_TakesThePlaceOfTheOldOne()
    {
        _metrics.Show(Some.Key, Published("True", "Ready", Row("Held", 3)));
        _metrics.Show(Some.Key, Published("False", "TokenLoadFailed"));

        Assert.That(await Scrapes.LinesAsync(_registry, "prenv_resource_ready"), Is.EqualTo((string[])[
            $"prenv_resource_ready{{{Ctrl},reason=\"TokenLoadFailed\"}} 0"]));
        Assert.That(await Scrapes.LinesAsync(_registry, "prenv_environments_oldest"), Is.Empty);
    }

    [Test]
    public async Task Show_OfEnvironmentsThatBecameReady_ObservesTheirTimes()
    {
        _metrics.Show(Some.Key, Published("True", "Ready"));
        Assert.That(
            await Scrapes.LinesAsync(_registry, "prenv_environment_ready_seconds_count"),
            Is.EqualTo((string[])[$"prenv_environment_ready_seconds_count{{{Ctrl}}} 0"]));

        _metrics.Show(
            Some.Key, Published("True", "Ready") with { ReadyAfter = [TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(4)] });

        Assert.That(await Scrapes.LinesAsync(_registry, "prenv_environment_ready_seconds"), Is.SupersetOf((string[])[
            $"prenv_environment_ready_seconds_sum{{{Ctrl}}} 280",
            $"prenv_environment_ready_seconds_bucket{{{Ctrl},le=\"30\"}} 0",
            $"prenv_environment_ready_seconds_bucket{{{Ctrl},le=\"45\"}} 1",
            $"prenv_environment_ready_seconds_bucket{{{Ctrl},le=\"300\"}} 2",
        ]));
    }

    [Test]
    public async Task Forget_LeavesNothing_ButOfOthers()
    {
        var other = new ResourceKey("default", "other");
        foreach (var key in (ResourceKey[])[Some.Key, other])
        {
            _metrics.Show(key, Published("True", "Ready", Row("Ready", 1)) with { ReadyAfter = [TimeSpan.FromSeconds(1)] });
            _metrics.Missed(key, 1);
        }

        _metrics.Forget(Some.Key);

        var left = (await Scrapes.LinesAsync(_registry, "prenv_")).Where(line => line.Contains("resource=", StringComparison.Ordinal));
        Assert.That(left, Is.Not.Empty.And.All.Contains("resource=\"other\""));
    }

    [Test]
    public void Phases_AreAll() =>
        Assert.That(EnvironmentPhase.All, Is.EquivalentTo(Reference.Constants(typeof(EnvironmentPhase))));

    private static EnvironmentStatus Row(string phase, int minutes) => new()
    {
        Phase = phase,
        Since = Some.Now - TimeSpan.FromMinutes(minutes),
    };

    private static string Since(int minutes) =>
        (Some.Now - TimeSpan.FromMinutes(minutes)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static Publication Published(string ready, string reason, params EnvironmentStatus[] rows) => new(
        new PREphemeralEnvControllerStatus { Conditions = [new Condition { Type = "Ready", Status = ready, Reason = reason }] }, [])
    {
        Rows = [.. rows],
    };
}
