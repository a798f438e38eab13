using Microsoft.Extensions.Time.Testing;
using PrEnv.Core.Timing;

namespace PrEnv.Tests.Timing;

[TestFixture]
internal sealed class ExpiringMapTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private FakeTimeProvider _time = null!;
    private ExpiringMap<string, int> _map = null!;

    [SetUp]
    public void MakeMap()
    {
        _time = new FakeTimeProvider();
        _map = new ExpiringMap<string, int>(_time, Lifetime, capacity: 2);
    }

    [Test]
    public void TryGet_UntilTheLifetimeIsOver_FindsTheEntry()
    {
        _map.Set("a", 1);

        _time.Advance(Lifetime - TimeSpan.FromTicks(1));
        Assert.That(_map.TryGet("a", out var value), Is.True);
        Assert.That(value, Is.EqualTo(1));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.That(_map.TryGet("a", out _), Is.False);
    }

    [Test]
    public void Set_Again_StartsTheLifetimeAnew()
    {
        _map.Set("a", 1);
        _time.Advance(Lifetime / 2);
        _map.Set("a", 2);
        _time.Advance(Lifetime / 2);

        Assert.That(_map.TryGet("a", out var value), Is.True);
        Assert.That(value, Is.EqualTo(2));
    }

    [Test]
    public void Set_BeyondTheCapacity_LetsTheOldestGo()
    {
        _map.Set("a", 1);
        _map.Set("b", 2);
        _map.Set("a", 3);
        _map.Set("c", 4);

        Assert.That(_map.Count, Is.EqualTo(2));
        Assert.That(_map.TryGet("b", out _), Is.False);
        Assert.That(_map.TryGet("a", out _), Is.True);
    }

    [Test]
    public void Set_AfterOthersExpired_ForgetsThem()
    {
        _map.Set("a", 1);
        _map.Set("b", 2);
        _time.Advance(Lifetime);
        _map.Set("c", 3);

        Assert.That(_map.Count, Is.EqualTo(1));
    }

    [Test]
    public void ToList_SomeExpired_HasTheLiveOnesOldestFirst()
    {
        _map.Set("a", 1);
        _time.Advance(Lifetime / 2);
        _map.Set("b", 2);
        Assert.That(_map.ToList(), Is.EqualTo(new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1, ["b"] = 2 }));
        _time.Advance(Lifetime / 2);

        Assert.That(_map.ToList(), Is.EqualTo(new Dictionary<string, int>(StringComparer.Ordinal) { ["b"] = 2 }));
    }

    [Test]
    public void Clear_OfAFullMap_MakesRoom()
    {
        _map.Set("a", 1);
        _map.Set("b", 2);

        _map.Clear();
        _map.Set("c", 3);
        _map.Set("d", 4);

        Assert.That(_map.ToList().Select(entry => entry.Key), Is.EqualTo((string[])["c", "d"]));
    }

    [Test]
    public void GetOrSet_WhileThere_GivesTheFirstValue()
    {
        Assert.That(_map.GetOrSet("a", 1), Is.EqualTo(1));
        Assert.That(_map.GetOrSet("a", 2), Is.EqualTo(1));
        _time.Advance(Lifetime);
        Assert.That(_map.GetOrSet("a", 2), Is.EqualTo(2));
    }

    [Test]
    public void Remove_OtherValue_LeavesTheEntry()
    {
        _map.Set("a", 1);

        _map.Remove("a", 2);
        Assert.That(_map.TryGet("a", out _), Is.True);
        _map.Remove("a", 1);
        Assert.That(_map.TryGet("a", out _), Is.False);
    }
}
