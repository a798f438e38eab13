using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>What a resource says of the HelmReleases themselves.</summary>
internal sealed class ReleaseFieldsTests : EndToEndTest
{
    private const string Fields = """
            values: {image: {tag: <<PR_HEAD_SHORT_SHA>>}, none: null, list: [1, null, {a: null}], text: "on <<PR_BRANCH>>"}
            pullRequestValue: pull_request
            helmRelease: {timeout: 9m, install: {crds: Skip}, targetNamespace: site-<<PR_NUMBER>>}
        """;

    [Test]
    public async Task EachField_IsInTheRelease_AndEachChangeIsMadeInPlace()
    {
        var pr = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository,
            new NewPullRequest { Number = 22, Branch = "feature/a", Labels = ["web", "api"] });
        World.StartController();
        await World.ApplyAsync(With(Fields));
        await World.UntilStatusAsync(pr.HeadSha, "success");
        await World.UntilListedAgainAsync();
        var made = (await World.GetReleaseAsync(22))!;
        var spec = SpecOf(made);
        Assert.Multiple(() =>
        {
            Assert.That(made.Metadata.Generation, Is.EqualTo(1), "nulls are no drift");
            Assert.That((string?)spec["values"]!["image"]!["tag"], Is.EqualTo(pr.HeadSha[..7]));
            Assert.That((string?)spec["values"]!["text"], Is.EqualTo("on feature/a"));
            Assert.That((string?)spec["values"]!["pull_request"]!["branch"], Is.EqualTo("feature/a"));
            Assert.That(spec["values"]!["pull_request"]!["labels"]!.ToJsonString(), Is.EqualTo("""["api","web"]"""));
            Assert.That((string?)spec["timeout"], Is.EqualTo("9m"));
            Assert.That((string?)spec["install"]!["crds"], Is.EqualTo("Skip"));
            Assert.That((string?)spec["targetNamespace"], Is.EqualTo("site-22"));
        });

        await World.PatchReleaseAsync(22, """{"spec":{"values":{"image":{"tag":"by-hand"} },"timeout":"1m"} }""");
        await UntilAsync(
            r => (string?)r["timeout"] == "9m" && (string?)r["values"]!["image"]!["tag"] == pr.HeadSha[..7], "drift corrected");

        World.GitHub.Update(EndToEndWorld.Owner, EndToEndWorld.Repository, 22, p => p with { Labels = ["web"] });
        await UntilAsync(r => r["values"]!["pull_request"]!["labels"]!.ToJsonString() == """["web"]""", "the label is gone");

        // Kubernetes 1.20 refuses an apply without the fields: it makes them null.
        await World.Client.CustomObjects.PatchNamespacedCustomObjectAsync(
            new V1Patch(
                """
                {"spec":{"envCreationHelmRepo":
                  {"fluxSourceKind":"HelmRepository","values":null,"pullRequestValue":null,"helmRelease":null} } }
                """, V1Patch.PatchType.MergePatch),
            PREphemeralEnvController.Group, PREphemeralEnvController.Version, World.Namespace, PREphemeralEnvController.Plural, "shop");
        await UntilAsync(
            r => (string?)r["chart"]!["spec"]!["sourceRef"]!["kind"] == "HelmRepository" && r["timeout"] is null
                && r["values"]!["image"] is null, "another kind, and nothing of what is no longer asked for");
        Assert.That((await World.GetReleaseAsync(22))!.Metadata.Uid, Is.EqualTo(made.Metadata.Uid));
    }

    [Test]
    public async Task HelmRelease_ThatFightsWithTheRest_NamesTheFieldAndTouchesNothing()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilStatusAsync(pr.HeadSha, "success");
        var before = (await World.GetReleaseAsync(22))!.Metadata.Generation;

        // A server without CEL takes it; one with CEL says the same.
        try
        {
            await World.ApplyAsync(With("    helmRelease: {values: {a: b}}"));
            var resource = await World.UntilMessageAsync("InvalidSpec");
            Assert.That(resource!.Status!.Condition("Ready")!.Message, Does.Contain("spec.envCreationHelmRepo.helmRelease.values"));
        }
        catch (InvalidOperationException refused)
        {
            Assert.That(refused.Message, Does.Contain("helmRelease").And.Contain("values"));
        }

        Assert.That((await World.GetReleaseAsync(22))!.Metadata.Generation, Is.EqualTo(before));
    }

    private string With(string fields) => World.Resource().Replace(
        "    destinationNamespace:", $"{fields}\n    destinationNamespace:", StringComparison.Ordinal);

    private Task<HelmRelease?> UntilAsync(Func<JsonNode, bool> condition, string what) =>
        World.UntilAsync(() => World.GetReleaseAsync(22), r => r is not null && condition(SpecOf(r)), what);

    private static JsonNode SpecOf(HelmRelease release) => JsonNode.Parse(release.Spec.Json)!;
}
