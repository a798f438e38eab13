using System.Collections;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Spec;

[TestFixture]
public sealed class NamespaceReaderTests
{
    private const string Template = "spec.namespace.template ";

    private static IEnumerable Invalid =>
        Cases.Select(c => new TestCaseData(c.World, c.Problem).SetName($"Read_OfAnInvalid{c.Name}_SaysWhatIsWrong"));

    private static (string Name, World World, string Problem)[] Cases =>
    [
        ("TemplateMissing", Named(null), Template + "is required"),
        ("TemplateEmpty", Named(""), Template + "is required"),
        ("TemplateTooLong", Named(new string('a', 240) + "<<PR_NUMBER>>b"), Template + "has more than 253 characters"),
        ("TemplateWithoutAPlaceholder", Named("preview"), Template + "needs <<PR_NUMBER>> or <<PR_BRANCH_SLUG>>"),
        ("TemplateOfTheTargetBranchAlone", Named("a-<<PR_TARGET_BRANCH_SLUG>>"), Template + "needs <<PR_NUMBER>>"),
        ("TemplateWithAnUnknownPlaceholder", Named("<<PR_NUMBERS>>"), Template + "has the unknown placeholder <<PR_NUMBERS>>"),
        ("TemplateWithACommit", Named("<<PR_NUMBER>>-<<PR_HEAD_SHA>>"),
            Template + "has <<PR_HEAD_SHA>>: every push would need another namespace"),
        ("TemplateWithAShortCommit", Named("<<PR_NUMBER>>-<<PR_HEAD_SHORT_SHA>>"), Template + "has <<PR_HEAD_SHORT_SHA>>: every push"),
        ("TemplateWithATitle", Named("<<PR_NUMBER>>-<<PR_TITLE>>"), Template + "has <<PR_TITLE>>; only <<PR_NUMBER>> and slugs"),
        ("TemplateWithABranch", Named("<<PR_NUMBER>>-<<PR_BRANCH>>"), Template + "has <<PR_BRANCH>>; only"),
        ("TemplateWithAnAuthor", Named("<<PR_NUMBER>>-<<PR_AUTHOR>>"), Template + "has <<PR_AUTHOR>>; only"),
        ("TemplateWithTheRepository", Named("<<PR_NUMBER>>-<<REPO_NAME>>"), Template + "has <<REPO_NAME>>; only"),
        ("TemplateWithADot", Named("pr.<<PR_NUMBER>>"), Template + "must make lower-case letters"),
        ("TemplateWithADashAtTheEnd", Named("<<PR_NUMBER>>-"), Template + "must make lower-case letters"),
        ("TemplateWithALineBreak", Named("<<PR_NUMBER>>\n"), Template + "must make lower-case letters"),
        ("TemplateThatMakesLongNames", Named("<<PR_BRANCH_SLUG>>-<<PR_NUMBER>>-234567890123"),
            Template + "makes names of up to 64 characters"),
        ("LabelName", Labelled("a b", "c"), "spec.namespace.labels.a b is not a valid name"),
        ("LabelNameTooLong", Labelled(new string('a', 64), "c"), "is not a valid name"),
        ("LabelOfTheController", Labelled(OwnerLabels.Uid, "c"), "is written by the controller or by Kubernetes"),
        ("LabelOfKubernetes", Labelled("kubernetes.io/metadata.name", "c"), "is written by the controller or by Kubernetes"),
        ("LabelManagedBy", Labelled(OwnerLabels.ManagedBy, "me"), "is written by the controller"),
        ("LabelValue", Labelled("a", "b/c"), "spec.namespace.labels.a is not a valid label value"),
        ("LabelValueTooLong", Labelled("a", new string('b', 64)), "spec.namespace.labels.a is not a valid label value"),
        ("LabelValueWithABlank", Labelled("a", "PR <<PR_NUMBER>>"), "spec.namespace.labels.a is not a valid label value"),
        ("LabelPlaceholder", Labelled("a", "<<PR_NUMBERS>>"), "spec.namespace.labels.a has the unknown placeholder"),
        ("AnnotationName", Annotated("a/b/c", "d"), "spec.namespace.annotations.a/b/c is not a valid name"),
        ("AnnotationOfTheController", Annotated(OwnerLabels.CreatedNamespaceAnnotation, "d"), "is written by the controller"),
        ("AnnotationPlaceholder", Annotated("a", "<<X>>"), "spec.namespace.annotations.a has the unknown placeholder"),
        ("AnnotationTooLong", Annotated("a", new string('b', 4097)), "spec.namespace.annotations.a has more than 4096 characters"),
        ("TargetNamespaceTwice",
            Named("pr-<<PR_NUMBER>>").Helm(h => h with { HelmRelease = ReleaseExtensions.Json("""{"targetNamespace":"x"}""") }),
            "spec.envCreationHelmRepo.helmRelease.targetNamespace cannot be used together with spec.namespace"),
        ("NamespaceElsewhere",
            Named("pr-<<PR_NUMBER>>") with { Settings = new() { NoCrossNamespaceRefs = true } },
            "spec.namespace cannot be used: this controller runs with --no-cross-namespace-refs"),
    ];

    [TestCaseSource(nameof(Invalid))]
    public void Read_OfAnInvalidField_SaysWhatIsWrong(object world, string problem) =>
        Assert.That(Read((World)world).Problems.Select(p => p.ToString()), Has.Some.Contains(problem));

    [Test]
    public void Read_Missing_IsNone() => Assert.That(Read(World.Plain).Spec!.Namespace, Is.Null);

    [Test]
    public void Read_OfEverything_TakesEverything()
    {
        var policy = Read(World.Plain.Namespaced(_ => new NamespaceSettings
        {
            Template = "team-<<PR_TARGET_BRANCH_SLUG>>-<<PR_NUMBER>>",
            Labels = new Dictionary<string, string?>(StringComparer.Ordinal) { ["a.b/c"] = "<<PR_BRANCH>>", ["empty"] = null },
            Annotations = new Dictionary<string, string?>(StringComparer.Ordinal) { ["note"] = "a <b> <<PR_TITLE>>" },
        })).Spec!.Namespace!;

        Assert.That(policy.Name.Text, Is.EqualTo("team-<<PR_TARGET_BRANCH_SLUG>>-<<PR_NUMBER>>"));
        var labels = policy.Labels.Select(l => $"{l.Key}: {l.Value.Text}");
        Assert.That(labels, Is.EquivalentTo((string[])["a.b/c: <<PR_BRANCH>>", "empty: "]));
        Assert.That(policy.Annotations.Single().Value.Text, Is.EqualTo("a <b> <<PR_TITLE>>"));
    }

    [Test]
    public void Read_TooManyLabels_SaysHowManyThereMayBe()
    {
        var labels = Enumerable.Range(0, 33).ToDictionary(i => $"l{i}", string? (_) => "a", StringComparer.Ordinal);

        Assert.That(
            Read(World.Plain.Namespaced(n => n with { Labels = labels })).Problems.Single().ToString(),
            Is.EqualTo("spec.namespace.labels has more than 32 entries."));
    }

    private static World Named(string? template) => World.Plain.Namespaced(n => n with { Template = template });

    private static World Labelled(string name, string value) =>
        World.Plain.Namespaced(n => n with { Labels = new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value } });

    private static World Annotated(string name, string value) =>
        World.Plain.Namespaced(n => n with { Annotations = new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value } });

    private static SpecReading Read(World world) => SpecReader.Read(world.Resource, world.Settings);
}
