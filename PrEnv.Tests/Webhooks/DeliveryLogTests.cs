using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Webhooks;

namespace PrEnv.Tests.Webhooks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DeliveryLogTests
{
    private readonly FakeTimeProvider time = new();
    private readonly DeliveryLog log;

    public DeliveryLogTests() => log = new DeliveryLog(time);

    [Test]
    public void Contains_InWhateverSpelling_KnowsIt()
    {
        var id = Guid.NewGuid();
        log.Add(id.ToString());

        Assert.That((log.Contains(id.ToString().ToUpperInvariant()), log.Contains(Guid.NewGuid().ToString())), Is.EqualTo((true, false)));
    }

    [Test]
    public void Contains_AfterAnHour_HasForgotten()
    {
        var (early, late) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        log.Add(early);
        time.Advance(TimeSpan.FromMinutes(59));
        log.Add(late);
        Assert.That(log.Contains(early), Is.True);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.That((log.Contains(early), log.Contains(late)), Is.EqualTo((false, true)));
    }

    [Test]
    public void Add_MoreThanItHolds_ForgetsTheOldest()
    {
        string[] ids = [.. Enumerable.Range(0, DeliveryLog.Capacity + 1).Select(_ => Guid.NewGuid().ToString())];
        foreach (var id in ids) log.Add(id);
        log.Add(ids[^1]);

        Assert.That((log.Contains(ids[0]), log.Contains(ids[1]), log.Contains(ids[^1])), Is.EqualTo((false, true, true)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("no GUID")]
    public void Add_WhatIsNoGuid_IsNotRemembered(string? id)
    {
        log.Add(id);

        Assert.That(log.Contains(id), Is.False);
    }
}
