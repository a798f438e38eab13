using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Webhooks;

namespace PrEnv.Tests.Webhooks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DeliveryLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DeliveryLog _log;

    public DeliveryLogTests() => _log = new DeliveryLog(_time);

    [Test]
    public void Contains_InWhateverSpelling_KnowsIt()
    {
        var id = Guid.NewGuid();
        _log.Add(id.ToString());

        Assert.That((_log.Contains(id.ToString().ToUpperInvariant()), _log.Contains(Guid.NewGuid().ToString())), Is.EqualTo((true, false)));
    }

    [Test]
    public void Contains_AfterAnHour_HasForgotten()
    {
        var (early, late) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        _log.Add(early);
        _time.Advance(TimeSpan.FromMinutes(59));
        _log.Add(late);
        Assert.That(_log.Contains(early), Is.True);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.That((_log.Contains(early), _log.Contains(late)), Is.EqualTo((false, true)));
    }

    [Test]
    public void Add_MoreThanItHolds_ForgetsTheOldest()
    {
        string[] ids = [.. Enumerable.Range(0, DeliveryLog.Capacity + 1).Select(_ => Guid.NewGuid().ToString())];
        foreach (var id in ids)
            _log.Add(id);
        _log.Add(ids[^1]);

        Assert.That((_log.Contains(ids[0]), _log.Contains(ids[1]), _log.Contains(ids[^1])), Is.EqualTo((false, true, true)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("no GUID")]
    public void Add_WhatIsNoGuid_IsNotRemembered(string? id)
    {
        _log.Add(id);

        Assert.That(_log.Contains(id), Is.False);
    }
}
