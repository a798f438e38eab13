using PrEnv.Controller.Leadership;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Leadership;

internal sealed class LeaseNameTests
{
    [Test]
    public void For_NoShard_IsTheControllersName() => Assert.That(LeaseName.For(null), Is.EqualTo("prenv-controller"));

    // Written down: another name after an upgrade would let two versions lead at once.
    [TestCase("shard=a", "prenv-controller-3d8dfb268d")]
    [TestCase("shard == a", "prenv-controller-3d8dfb268d")]
    [TestCase("shard=b", "prenv-controller-510515766b")]
    public void For_Shard_IsTheSameForTheSameSelector(string selector, string name) =>
        Assert.That(LeaseName.For(LabelSelector.Parse(selector)), Is.EqualTo(name));
}
