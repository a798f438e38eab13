using k8s;
using k8s.Models;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>What <c>docs/migration.md</c> promises for HelmReleases that flux-operator made.</summary>
internal sealed class MigrationTests : EndToEndTest
{
    private const string OwnerLabel = "resourceset.fluxcd.controlplane.io/name";
    private const string PruneAnnotation = "fluxcd.controlplane.io/prune";

    private string ResourceWithImage => World.Resource().Replace(
        "    destinationNamespace:", "    values: {image: {tag: <<PR_HEAD_SHA>>}}\n    destinationNamespace:", StringComparison.Ordinal);

    [Test]
    public async Task FluxOperatorsRelease_ThatFits_IsTakenOverWithoutAChangeOfItsSpec()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
        await MakeAsync(22, $$"""
            "chart":{"spec":{"chart":"charts/env","version":"0.1.0",
              "sourceRef":{"kind":"GitRepository","name":"infra","namespace":"flux-system"} } },
            "values":{"prNumber":22,"prSHA":"{{pr.HeadSha}}","image":{"tag":"{{pr.HeadSha}}"} }
            """);
        await World.UntilInstalledAsync(22);
        await LetGoAsync(22);

        World.StartController();
        await World.ApplyAsync(ResourceWithImage);
        await World.UntilAsync(() => World.EventsAsync("FluxHelmReleaseAdopted"), e => e.Count == 1, "the adoption");
        await World.UntilStatusAsync(pr.HeadSha, "success");
        await World.UntilListedAgainAsync();

        var taken = (await World.GetReleaseAsync(22))!;
        Assert.Multiple(() =>
        {
            Assert.That(taken.Metadata.Generation, Is.EqualTo(1), "nothing is redeployed");
            Assert.That(World.Flux.Environments.Find(World.Destination, "relpr-22")!.Revision, Is.EqualTo(1));
            Assert.That(taken.Metadata.Label(OwnerLabels.Name), Is.EqualTo("shop"));
            Assert.That(IsPruned(taken), Is.False, "by flux-operator, once its ResourceSet is deleted");
        });

        var pushed = World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await World.UntilReleaseAsync(22, pushed.HeadSha);
        Assert.That((await World.GetReleaseAsync(22))!.Metadata.Uid, Is.EqualTo(taken.Metadata.Uid));
        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await World.UntilReleaseAsync(22, null);
    }

    [Test]
    public async Task FluxOperatorsRelease_WithAnotherSource_IsTakenOverByItsLabelsAndUpgraded()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 5 });
        await MakeAsync(5, $$"""
            "chart":{"spec":{"chart":"charts/app","sourceRef":{"kind":"GitRepository","name":"app-5"} } },
            "values":{"image":{"tag":"{{pr.HeadSha}}"} }
            """);
        var before = (await World.GetReleaseAsync(5))!;
        await LetGoAsync(5);
        World.StartController();
        await World.ApplyAsync(ResourceWithImage);
        await World.UntilMessageAsync("NameConflict");
        Assert.That((await World.GetReleaseAsync(5))!.Metadata.Generation, Is.EqualTo(before.Metadata.Generation));

        var owner = (await World.GetResourceAsync())!.Metadata;
        await World.PatchReleaseAsync(5, $$$"""
            {"metadata":{"labels":{"{{{OwnerLabels.Name}}}":"{{{owner.Name}}}","{{{OwnerLabels.Namespace}}}":"{{{owner.Namespace}}}",
              "{{{OwnerLabels.Uid}}}":"{{{owner.Uid}}}","{{{OwnerLabels.PrNumber}}}":"5"} } }
            """);
        await World.UntilReleaseAsync(5, pr.HeadSha);
        var after = (await World.GetReleaseAsync(5))!;

        Assert.That(after.Metadata.Uid, Is.EqualTo(before.Metadata.Uid), "upgraded, not uninstalled");
        Assert.That(after.Spec.ReadChart()!.Source!.Name, Is.EqualTo("infra"));
        await World.UntilMessageAsync("Ready");
    }

    // As flux-operator applies what a ResourceSet renders.
    private Task<object> MakeAsync(int number, string spec) => World.Client.CustomObjects.PatchNamespacedCustomObjectAsync(
        new V1Patch($$$"""
            {"apiVersion":"helm.toolkit.fluxcd.io/v2","kind":"HelmRelease",
              "metadata":{"name":"relpr-{{{number}}}","namespace":"{{{World.Destination}}}",
                "labels":{"{{{OwnerLabel}}}":"app","resourceset.fluxcd.controlplane.io/namespace":"{{{World.Destination}}}"} },
              "spec":{"interval":"5m","releaseName":"relpr-{{{number}}}",{{{spec}}} } }
            """, V1Patch.PatchType.ApplyPatch),
        HelmRelease.Group, HelmRelease.Version, World.Destination, HelmRelease.Plural, $"relpr-{number}",
        fieldManager: "flux-operator", force: true);

    // kubectl annotate helmrelease relpr-N fluxcd.controlplane.io/prune=disabled
    private Task LetGoAsync(int number) =>
        World.PatchReleaseAsync(number, $$$"""{"metadata":{"annotations":{"{{{PruneAnnotation}}}":"disabled"} } }""");

    // Of all that a ResourceSet made, flux-operator deletes what has its label and not that annotation.
    private static bool IsPruned(HelmRelease release) =>
        release.Metadata.Label(OwnerLabel) is not null && release.Metadata.Annotation(PruneAnnotation) != "disabled";
}
