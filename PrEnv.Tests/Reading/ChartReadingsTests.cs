using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Kubernetes.Charts;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Reading;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;

namespace PrEnv.Tests.Reading;

[TestFixture]
internal sealed class ChartReadingsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly Mock<IHelmChartReader> _charts = new();
    private readonly ResourceMemory _memory = new();

    [SetUp]
    public void SetUp()
    {
        _charts.Reset();
        _memory.Charts.Clear();
        _charts.Setup(c => c.ReadAsync(It.IsAny<ResourceKey>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((ResourceKey chart, CancellationToken _) => new ChartReading("SourceUnavailable", chart.Name));
    }

    [Test]
    public async Task Read_TheSameWait_AsksOnceAWhile()
    {
        var answers = await ReadAsync(Question(1));
        await ReadAsync(Question(1));
        Assert.That(answers[Question(1).Chart], Is.EqualTo(new ChartReading("SourceUnavailable", "envs-relpr-1")));
        Assert.That(Asked, Is.EqualTo(1));

        _time.Advance(ChartReadings.Lifetime);
        await ReadAsync(Question(1));
        Assert.That(Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Read_AnotherWait_AsksAtOnce()
    {
        await ReadAsync(Question(1));
        await ReadAsync(Question(1) with { Since = Noon });

        Assert.That(Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Read_WaitIsOver_IsForgotten()
    {
        await ReadAsync(Question(1));

        Assert.That(await ReadAsync(), Is.Empty);
        Assert.That(_memory.Charts, Is.Empty);
    }

    [Test]
    public async Task Read_ManyAtOnce_AreReadInPortions()
    {
        var all = Enumerable.Range(1, 60).Select(Question).ToArray();

        Assert.That(await ReadAsync(all), Has.Count.EqualTo(25));
        await ReadAsync(all);
        Assert.That(await ReadAsync(all), Has.Count.EqualTo(60));
        Assert.That(Asked, Is.EqualTo(60));
    }

    private int Asked => _charts.Invocations.Count;

    private static ChartQuestion Question(int number) => new(
        new ResourceKey("flux-system", $"envs-relpr-{number}"), new ResourceKey("envs", $"relpr-{number}"),
        Noon - TimeSpan.FromSeconds(number));

    private Task<ImmutableDictionary<ResourceKey, ChartReading>> ReadAsync(params ChartQuestion[] questions) =>
        new ChartReadings(_charts.Object, _time).ReadAsync([.. questions], _memory, CancellationToken.None);
}
