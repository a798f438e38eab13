using PrEnv.Core.Timing;

namespace PrEnv.Tests.Timing;

internal sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);

    [TestCase(0, 0.0, 0.0)]
    [TestCase(1, 0.0, 0.8)]
    [TestCase(1, 1.0, 1.6)]
    [TestCase(3, 0.5, 4.8)]
    [TestCase(100_000, 0.0, 30.0)]
    [TestCase(int.MaxValue, 1.0, 60.0)]
    public void After_AnyNumberOfFailures_IsBoundedAndJittered(int failures, double chance, double seconds) =>
        Assert.That(new Backoff(First, Cap) { Jitter = 1 }.After(failures, chance).TotalSeconds, Is.EqualTo(seconds).Within(1e-6));

    [TestCase(1)]
    [TestCase(int.MaxValue)]
    public void After_WithoutJitter_IgnoresChance(int failures) =>
        Assert.That(new Backoff(First, Cap).After(failures, 0.9), Is.EqualTo(new Backoff(First, Cap).After(failures)));

    [TestCase(1)]
    [TestCase(int.MaxValue)]
    public void After_FromZero_IsZero(int failures) =>
        Assert.That(new Backoff(TimeSpan.Zero, Cap).After(failures), Is.EqualTo(TimeSpan.Zero));

    [Test]
    public void Constructor_ANegativeDelay_Throws() => Assert.Multiple(() =>
    {
        Assert.That(() => new Backoff(-First, Cap), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Backoff(First, -Cap), Throws.InstanceOf<ArgumentOutOfRangeException>());
    });
}
