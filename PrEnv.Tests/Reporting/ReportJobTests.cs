using PrEnv.Controller.Memory;
using PrEnv.Controller.Reporting;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reporting;

/// <summary>Which release bears the notes of a pull request that has two: one was left in a former destination.</summary>
internal sealed class ReportJobTests
{
    private static readonly HelmRelease Present = Some.Release(22);

    private static readonly HelmRelease Former = Some.Release(22).In("old");

    [Test]
    public void Releases_OneOfTwoIsSpokenOf_IsThatOne([Values] bool isFirst) =>
        Assert.That(Releases(PlanOf(Present), isFirst ? [Present, Former] : [Former, Present])[22], Is.SameAs(Present));

    [Test]
    public void Releases_BothWereWritten_IsTheOneThatIsSpokenOf()
    {
        var results = new[] { Former, Present, Former }.Select(r => new ActionResult(
            new PlannedAction.Delete(22, r.Metadata.Key, r.Metadata.Uid, Unsuspend: false, null),
            r.Meta(m => m with { ResourceVersion = "2" }), null));

        var release = Releases(PlanOf(Present), [Former, Present], [.. results])[22];

        Assert.That((release.Metadata.Namespace, release.Metadata.ResourceVersion), Is.EqualTo(("envs", "2")));
    }

    [Test]
    public void Releases_NoneIsSpokenOf_IsTheOneThatWasWritten()
    {
        var made = new ActionResult(new PlannedAction.Orphan(22, new ResourceKey("envs", "relpr-22"), "uid-22"), Present, null);

        Assert.That(Releases(PlanOf(null), [Former], [made])[22], Is.SameAs(Present));
    }

    private static IReadOnlyDictionary<int, HelmRelease> Releases(Plan plan, HelmRelease[] releases, params ActionResult[] results) =>
        new ReportJob(
            new Snapshot { Resource = Some.Resource(), Spec = Some.Reading(), Now = Some.Now, Releases = [.. releases] }, plan, results,
            new ResourceMemory()).Releases;

    private static Plan PlanOf(HelmRelease? release) => new()
    {
        Overall = OverallVerdict.Well("ok"),
        Environments =
        [
            new EnvironmentDecision
            {
                PrNumber = 22,
                Rule = "test",
                Phase = EnvironmentPhase.Deleting,
                Reason = "R",
                Message = "m",
                Release = release is null ? null : release.Metadata.Key,
            },
        ],
    };
}
