using PrEnv.Controller.Cluster;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Cluster;

internal sealed class MetadataChangesTests
{
    private static readonly ObjectMeta Before = new()
    {
        Finalizers = ["a"],
        Labels = Map(("label", "1")),
        Annotations = Map(("annotation", "1"), (OwnerLabels.ReportedAnnotation, "1")),
    };

    [TestCaseSource(nameof(Changes))]
    public void AreNone_AfterAChange_IsFalse(Func<ObjectMeta, ObjectMeta> change) =>
        Assert.That(MetadataChanges.AreNone(Before, change(Before), OwnerLabels.IsNote), Is.False);

    [TestCaseSource(nameof(Unchanged))]
    public void AreNone_WithoutAChangeThatCounts_IsTrue(Func<ObjectMeta, ObjectMeta> change) =>
        Assert.That(MetadataChanges.AreNone(Before, change(Before), OwnerLabels.IsNote), Is.True);

    [Test]
    public void AreNone_WhenAllCount_SeesWhatElseIsIgnored() =>
        Assert.That(MetadataChanges.AreNone(Before, Before with { Annotations = Map(("annotation", "1")) }), Is.False);

    private static IEnumerable<TestCaseData> Changes() => Cases(
        ("deletion", m => m with { DeletionTimestamp = Some.Now }),
        ("a finalizer more", m => m with { Finalizers = ["a", "b"] }),
        ("no finalizers", m => m with { Finalizers = null }),
        ("a label's value", m => m with { Labels = Map(("label", "2")) }),
        ("no labels", m => m with { Labels = null }),
        ("an annotation more", m => m with { Annotations = Map(("annotation", "1"), (OwnerLabels.ReportedAnnotation, "1"), ("b", "1")) }),
        ("an annotation less", m => m with { Annotations = Map((OwnerLabels.ReportedAnnotation, "1")) }));

    private static IEnumerable<TestCaseData> Unchanged() => Cases(
        ("nothing", m => m with { Labels = Map(("label", "1")), Finalizers = ["a"] }),
        ("version and generation", m => m with { ResourceVersion = "2", Generation = 2 }),
        ("a note's value", m => m with { Annotations = Map(("annotation", "1"), (OwnerLabels.ReportedAnnotation, "2")) }),
        ("a note less", m => m with { Annotations = Map(("annotation", "1")) }),
        ("a note more", m => m with
        {
            Annotations = Map(("annotation", "1"), (OwnerLabels.ReportedAnnotation, "1"), (OwnerLabels.CommentAnnotation, "1")),
        }));

    private static IEnumerable<TestCaseData> Cases(params (string Name, Func<ObjectMeta, ObjectMeta> Change)[] cases) =>
        cases.Select(c => new TestCaseData(c.Change).SetArgDisplayNames(c.Name));

    private static Dictionary<string, string> Map(params (string Name, string Value)[] entries) =>
        entries.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
}
