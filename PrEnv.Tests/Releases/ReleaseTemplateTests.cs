using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Releases;

/// <summary>What a resource asks for, filled in with a pull request.</summary>
[TestFixture]
public sealed class ReleaseTemplateTests
{
    private static readonly PullRequest Hostile = World.PullRequest(22, World.A) with { Title = "\", \"prNumber\": 1, \"x\": \"\u0001ü" };

    [Test]
    public void Render_TitleThatLooksLikeJson_StaysAText()
    {
        var values = Rendered(Valued("""{"title":"<<PR_TITLE>>!","list":[{"tag":"a-<<PR_HEAD_SHORT_SHA>>"}],"n":null,"shell":"cat <<EOF"}"""));

        Assert.That(values["title"]!.GetValue<string>(), Is.EqualTo("\", \"prNumber\": 1, \"x\": \"ü!"));
        Assert.That(values["list"]![0]!["tag"]!.GetValue<string>(), Is.EqualTo("a-aaaaaaa"));
        Assert.That(values["prNumber"]!.GetValue<int>(), Is.EqualTo(22));
        Assert.That(values["shell"]!.GetValue<string>(), Is.EqualTo("cat <<EOF"));
        Assert.That(values.ContainsKey("n"), Is.True);
    }

    [Test]
    public void Render_ValuesThatClaimToBeOurs_AreOverruled()
    {
        var values = Rendered(Valued("""{"prNumber":1,"prSHA":"x","pr":2}""").Helm(h => h with { PullRequestValue = "pr" }));

        Assert.That((values["prNumber"]!.GetValue<int>(), values["prSHA"]!.GetValue<string>()), Is.EqualTo((22, World.A)));
        Assert.That(values["pr"]!["branch"]!.GetValue<string>(), Is.EqualTo("topic"));
        Assert.That(values["pr"]!["fork"]!.GetValue<bool>(), Is.False);
    }

    [Test]
    public void Render_Labels_AreSortedAndStayTexts()
    {
        var template = ReleaseTemplate.Of(Checked(World.Plain.Helm(h => h with { PullRequestValue = "pr" })));
        var spec = template.Render(Hostile with { Labels = new LabelSet(["z", "a\"],\"x\":[\"", "ü, \U0001F680", "B"]) });

        Assert.That(
            JsonNode.Parse(spec.Json)!["values"]!["pr"]!["labels"]!.AsArray().Select(l => (string?)l),
            Is.EqualTo(["B", "a\"],\"x\":[\"", "z", "ü, \U0001F680"]));
    }

    [Test]
    public void Render_Patch_MergesObjectsReplacesListsAndRemoves()
    {
        var spec = Spec(Patched("""{"interval":null,"timeout":"9m","chart":{"spec":{"reconcileStrategy":"Revision"}},"dependsOn":[{"name":"a"}]}"""));

        Assert.That(spec.ContainsKey("interval"), Is.False);
        Assert.That(spec["timeout"]!.GetValue<string>(), Is.EqualTo("9m"));
        Assert.That(spec["chart"]!["spec"]!["chart"]!.GetValue<string>(), Is.EqualTo("chart"));
        Assert.That(spec["chart"]!["spec"]!["reconcileStrategy"]!.GetValue<string>(), Is.EqualTo("Revision"));
    }

    [Test]
    public void Render_OciRepository_IsAChartRef()
    {
        var spec = Spec(World.Plain.Helm(h => h with { FluxSourceKind = "OCIRepository", HelmChartPath = null }));

        Assert.That(spec.ContainsKey("chart"), Is.False);
        Assert.That(spec["chartRef"]!["kind"]!.GetValue<string>(), Is.EqualTo("OCIRepository"));
    }

    [Test]
    public void Render_DefaultAccount_IsSetWhereThePatchNamesNone()
    {
        static string? Account(World world) =>
            (string?)Spec(world with { Settings = new() { DefaultServiceAccount = "deployer" } })["serviceAccountName"];

        Assert.That(Account(World.Plain), Is.EqualTo("deployer"));
        Assert.That(Account(Patched("""{"serviceAccountName":"own"}""")), Is.EqualTo("own"));
        Assert.That(Account(Patched("""{"serviceAccountName":null}""")), Is.EqualTo("deployer"));
    }

    [Test]
    public void RenderWithDefaults_Strategy_YieldsToThePatch()
    {
        var template = ReleaseTemplate.Of(Checked(Patched("""{"install":{"remediation":{"retries":3}},"upgrade":{"timeout":"1m"}}""")));
        var spec = JsonNode.Parse(template.RenderWithDefaults(Hostile).Json)!;

        Assert.That(spec["install"]!["strategy"], Is.Null);
        Assert.That((string?)spec["upgrade"]!["strategy"]!["name"], Is.EqualTo("RetryOnFailure"));
        Assert.That(JsonNode.Parse(template.Render(Hostile).Json)!["upgrade"]!["strategy"], Is.Null);
    }

    [TestCase("""{"a":{"b":"<<PR_NUMER>>"}}""", "values.a.b", true)]
    [TestCase("""{"a":{"<<PR_NUMBER>>":1}}""", "values.a", true)]
    [TestCase("""{"a":"\ud800"}""", "values.a", false)]
    [TestCase("[1]", "values", false)]
    public void Read_Values_NamesWhatIsWrong(string json, string field, bool isTemplate) =>
        Assert.That(
            Problems(Valued(json)).Select(p => (p.Field, p.IsTemplate)), Is.EqualTo([("spec.envCreationHelmRepo." + field, isTemplate)]));

    [TestCase("""{"releaseName":"x"}""", "releaseName")]
    [TestCase("""{"values":{}}""", "values")]
    [TestCase("""{"chartRef":{}}""", "chartRef")]
    [TestCase("""{"chart":null}""", "chart")]
    [TestCase("""{"chart":{"spec":{"sourceRef":{"name":"<<PR_BRANCH_SLUG>>"}}}}""", "chart.spec.sourceRef")]
    [TestCase("""{"serviceAccountName":"<<PR_NUMBER>>"}""", "serviceAccountName")]
    [TestCase("""{"kubeConfig":{"secretRef":{"name":"<<PR_BRANCH_SLUG>>"}}}""", "kubeConfig.secretRef.name")]
    [TestCase("""{"valuesFrom":[{"kind":"Secret","name":"<<PR_BRANCH>>"}]}""", "valuesFrom[0].name")]
    public void Read_HelmRelease_NamesWhatIsWrong(string json, string field) =>
        Assert.That(Problems(Patched(json)).Select(p => p.Field), Is.EqualTo(["spec.envCreationHelmRepo.helmRelease." + field]));

    [Test]
    public void Read_TooMuch_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60);

        Assert.That(Problems(Valued(deep)).Single().Text, Does.Contain("32 levels"));
        Assert.That(Problems(Valued($$"""{"a":"{{new string('x', 1024 * 1024)}}"}""")).Single().Text, Does.Contain("256 KiB"));
    }

    [Test]
    public void Plan_ValueChangedByHand_IsPutRightAndNamed()
    {
        var world = Valued("""{"image":{"tag":"<<PR_BRANCH_SLUG>>"},"replicas":1}""").Open(22);

        Assert.That(Why(world.Release(22, change: r => r.Set("values.image.tag", "x"))), Is.EqualTo(["spec.values.image.tag"]));
        Assert.That(Why(world.Release(22, change: r => r.Set("values.theirs", "x"))), Is.Empty);
        Assert.That(Why(world.Release(22, change: r => r.Set("values.replicas", 1.0))), Is.Empty);
    }

    [Test]
    public void Plan_ValueThatIsAskedForNoMore_IsTakenAway()
    {
        var before = Valued("""{"replicas":1,"extra":true}""").Open(22);
        var release = before.Own(22, World.A);

        Assert.That(Why(Valued("""{"replicas":1}""").Open(22).Has(release)), Is.EqualTo(["spec"]));
        Assert.That(Why(World.Plain.Open(22).Has(release)), Is.EqualTo(["spec"]));
        Assert.That(Why(before.Has(release)), Is.Empty);
    }

    [Test]
    public void Plan_TextsThatAreNotKnown_AreNotMissed()
    {
        var away = Valued("""{"branch":"<<PR_BRANCH>>"}""").Away(UnavailableReason.ServerError);

        Assert.That(Why(away.Release(22, change: r => r.Set("interval", "1h"))), Is.Empty);
    }

    [Test]
    public void Plan_Defaults_AreWrittenButTheirAbsenceIsNoDrift()
    {
        var action = World.Plain.Open(22).Plan().Actions.OfType<Core.Plans.PlannedAction.Apply>().Single();
        var release = World.Plain.Own(22, World.A);

        Assert.That(action.Desired.Spec, Is.Not.SameAs(action.Desired.Wish));
        Assert.That(
            (string?)JsonNode.Parse(action.Desired.Spec.Json)!["install"]!["strategy"]!["name"], Is.EqualTo("RetryOnFailure"));
        Assert.That(Why(World.Plain.Open(22).Has(release.Set("install", null).Set("upgrade", null))), Is.Empty);
        Assert.That(Why(World.Plain.Open(22).Has(release.Set("install.strategy.name", "RemediateOnFailure"))), Is.Empty);
    }

    [Test]
    public void Plan_OnlyLabelsDiffer_NeitherAddsNorRemovesDefaults()
    {
        var release = World.Plain.Own(22, World.A);
        var strategy = new { strategy = new { name = "RetryOnFailure" } };
        static bool HasDefaults(HelmRelease changed)
        {
            var plan = World.Plain.Open(22).Has(changed.OfTheOneBefore()).Plan();
            var action = plan.Actions.OfType<Core.Plans.PlannedAction.Apply>().Single();
            return JsonNode.Parse(action.Desired.Spec.Json)!["install"] is not null;
        }

        Assert.That(HasDefaults(release), Is.False);
        Assert.That(HasDefaults(release.Set("install", strategy).Set("upgrade", strategy)), Is.True);
        Assert.That(HasDefaults(release.Set("interval", "1h")), Is.True);
    }

    [Test]
    public void Plan_StrategiesOfItsOwn_LeaveNoDefault()
    {
        var world = Patched("""{"install":{"strategy":{"name":"RemediateOnFailure"}},"upgrade":{"remediation":{"retries":3}}}""").Open(22);
        var action = world.Plan().Actions.OfType<Core.Plans.PlannedAction.Apply>().Single();

        Assert.That(action.Desired.Spec, Is.SameAs(action.Desired.Wish));
        Assert.That(
            Why(world.Release(22, change: r => r.Set("install.strategy.name", "RetryOnFailure"))),
            Is.EqualTo(["spec.install.strategy.name"]));
    }

    [Test]
    public void Plan_LabelsThatAreNotReported_AreNotTakenForNone()
    {
        var world = World.Plain.Helm(h => h with { PullRequestValue = "pr" });
        var release = world.Own(22, World.A).Set("values.pr.labels", (string[])["demo"]);

        Assert.That(Why(world.Labelled(22, "demo").Has(release)), Is.Empty);
        Assert.That(Why(world.Labelled(22).Has(release)), Is.EqualTo(["spec.values.pr.labels"]));
        Assert.That(Why(world.Open(22).Has(release)), Is.Empty);
    }

    [Test]
    public void Plan_TitleEdited_IsSeenThoughTheSameReleaseWasAsDesired()
    {
        var world = Valued("""{"title":"<<PR_TITLE>>"}""");
        var release = world.Own(22, World.A);

        Assert.That(Why(world.Open(22).Has(release)), Is.Empty);
        Assert.That(Why(world.Open(22, change: p => p with { Title = "Another" }).Has(release)), Is.EqualTo(["spec.values.title"]));
    }

    private static World Valued(string json) => World.Plain.Helm(h => h with { Values = Json(json) });

    private static World Patched(string json) => World.Plain.Helm(h => h with { HelmRelease = Json(json) });

    private static JsonElement Json(string json) => JsonElement.Parse(Encoding.UTF8.GetBytes(json), JsonDepth.Document);

    private static ImmutableArray<SpecProblem> Problems(World world) => SpecReader.Read(world.Resource, world.Settings).Problems;

    private static EnvironmentSpec Checked(World world) => SpecReader.Read(world.Resource, world.Settings).Spec!;

    private static JsonObject Spec(World world) => JsonNode.Parse(ReleaseTemplate.Of(Checked(world)).Render(Hostile).Json)!.AsObject();

    private static JsonObject Rendered(World world) => Spec(world)["values"]!.AsObject();

    private static IEnumerable<string> Why(World world) =>
        world.Plan().Actions.OfType<Core.Plans.PlannedAction.Apply>().Select(a => a.Why);
}
