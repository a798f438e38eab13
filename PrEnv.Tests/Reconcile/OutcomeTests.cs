using PrEnv.Controller.Memory;
using PrEnv.Controller.Reconcile;
using PrEnv.Core.Plans;
using PrEnv.Core.Reconciling;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reconcile;

internal sealed class OutcomeTests
{
    private static readonly Plan Working = new() { Overall = OverallVerdict.Well("ok") };

    private static readonly Snapshot Asked = new()
    {
        Resource = Some.Resource(),
        Spec = Some.Reading(),
        Now = Some.Now,
        Listing = Some.Listing(22),
    };

    [Test]
    public void Map_Done_ComesBackWhenTheListingIsDue() =>
        Assert.That(Map(Working, Asked, Some.Now.AddSeconds(60)), Is.EqualTo(ReconcileResult.RequeueAfter(TimeSpan.FromSeconds(60))));

    [Test]
    public void Map_ListingIsLongDue_DoesNotSpin() =>
        Assert.That(
            Map(Working, Asked, Some.Now.AddSeconds(-60)), Is.EqualTo(ReconcileResult.RequeueAfter(TimeSpan.FromMilliseconds(100))));

    [Test]
    public void Map_GitHubWasNotAsked_WaitsForAChangeAndNotForTheListingFromBefore() =>
        Assert.That(Map(Working, Asked with { Listing = null }, Some.Now.AddSeconds(-60)), Is.EqualTo(ReconcileResult.Done));

    private static ReconcileResult Map(Plan plan, Snapshot snapshot, DateTimeOffset due)
    {
        var listing = new ListingMemory(
            new ListingSource(new Uri("https://api.github.com/"), "octo", "app", null), null, Some.Listing(22), null, due);
        return Outcome.Map(plan, [], snapshot, listing, [], Some.Now);
    }
}
