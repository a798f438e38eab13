using PrEnv.Core.Model;

namespace PrEnv.Tests.Model;

internal sealed class LabelSetTests
{
    [Test]
    public void Equals_InAnotherOrderAndTwice_IsTrueAndHashesAgree()
    {
        var (one, other) = (new LabelSet(["b", "a", "b"]), new LabelSet(["a", "b"]));

        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
    }

    [Test]
    public void Equals_OfOthers_IsFalse() => Assert.That(new LabelSet(["a"]), Is.Not.EqualTo(new LabelSet(["a", "b"])));

    [TestCase("a", true)]
    [TestCase("A", true)]
    [TestCase("b", false)]
    public void Contains_IgnoresCase(string name, bool expected) => Assert.That(new LabelSet(["A"]).Contains(name), Is.EqualTo(expected));
}
