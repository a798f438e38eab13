using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Selection;

[TestFixture]
public sealed class SelectorTests
{
    [TestCase(null, false)]
    [TestCase("RequireApproval", false)]
    [TestCase("Deny", true)]
    [TestCase("Allow", false)]
    public void Reject_OfAFork_FollowsTheSpec(string? forks, bool rejected)
    {
        var world = World.Plain.Spec(s => s with { PullRequests = forks is null ? null : new PullRequestSelection { Forks = forks } }).Fork(
            1);

        var rejection = Selector.Reject(world.PullRequests[0], Spec(world));

        Assert.That(rejection?.Reason, rejected ? Is.EqualTo("ForkDenied") : Is.Null);
    }

    [Test]
    public void Reject_OfABranchOfTheRepository_IsNull() =>
        Assert.That(Selector.Reject(World.Plain.Open(1).PullRequests[0], Spec(World.Plain)), Is.Null);

    private static EnvironmentSpec Spec(World world) => SpecReader.Read(world.Resource, world.Settings).Spec!;
}
