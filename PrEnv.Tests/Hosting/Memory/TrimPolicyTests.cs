using PrEnv.Controller.Hosting.Memory;

namespace PrEnv.Tests.Hosting.Memory;

internal sealed class TrimPolicyTests
{
    private const long Burst = 2 * TrimPolicy.Worthwhile;

    [Test]
    public void ShouldTrim_BurstIsOver_Once() =>
        Assert.That(Answers(Burst, 0, TrimPolicy.Quiet - 1, 0), Is.EqualTo([false, true, false, false]));

    [Test]
    public void ShouldTrim_WorkGoesOn_LeavesItToTheCollector() =>
        Assert.That(Answers([.. Enumerable.Repeat(TrimPolicy.Quiet, 100)]), Has.None.True);

    [Test]
    public void ShouldTrim_BurstIsOverAndWorkGoesOn_Once()
    {
        var usual = 2 * TrimPolicy.Quiet;
        Assert.That(
            Answers([usual, TrimPolicy.Fall * usual, 2 * usual, usual, usual, .. Enumerable.Repeat(usual, 100)]),
            Is.EqualTo([false, false, false, true, .. Enumerable.Repeat(false, 101)]));
    }

    [Test]
    public void ShouldTrim_WorkSwings_LeavesItToTheCollector() =>
        Assert.That(
            Answers([.. Enumerable.Range(0, 100).Select(i => TrimPolicy.Quiet * (i % 2 == 0 ? 1 : TrimPolicy.Fall - 1))]), Has.None.True);

    [Test]
    public void ShouldTrim_LittleWasAllocated_IsNotWorthThePause() =>
        Assert.That(Answers(TrimPolicy.Worthwhile - 1, 0), Has.None.True);

    [Test]
    public void ShouldTrim_LittleAgainAndAgain_AddsUp() =>
        Assert.That(Answers(TrimPolicy.Worthwhile / 2, 0, TrimPolicy.Worthwhile / 2, 0), Is.EqualTo([false, false, false, true]));

    [Test]
    public void ShouldTrim_SecondBurst_IsAnother() =>
        Assert.That(Answers(Burst, 0, Burst, 0), Is.EqualTo([false, true, false, true]));

    private static bool[] Answers(params long[] allocations)
    {
        var (policy, total) = (new TrimPolicy(), 0L);
        return [.. allocations.Select(bytes => policy.ShouldTrim(total += bytes))];
    }
}
