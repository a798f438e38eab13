using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Namespaces;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Templates;

namespace PrEnv.Tests.Kubernetes.Namespaces;

/// <summary>The namespaces of environments on the real API server.</summary>
[TestFixture]
[Category("Integration")]
[CancelAfter(120_000)]
internal sealed class NamespaceClientClusterTests
{
    private static readonly string Run = Guid.NewGuid().ToString("N")[..8];

    private ClusterClient _client = null!;

    private static PREphemeralEnvController Owner { get; } = new()
    {
        Metadata = new ObjectMeta { Namespace = "team", Name = "demo", Uid = "uid-" + Run },
    };

    private NamespaceClient Namespaces => new(_client.Raw);

    [OneTimeSetUp]
    public async Task ConnectAsync() => _client = await ClusterClient.ConnectAsync(CancellationToken.None);

    [OneTimeTearDown]
    public void Disconnect() => _client.Dispose();

    [Test]
    public async Task Create_New_HasEverythingAndIsListed(CancellationToken ct)
    {
        var desired = Desired("new", ("team", "web"), ("example.com/note", "a <b>, ü"));

        var created = await Namespaces.CreateAsync(desired, ct);

        Assert.That(created.Failure, Is.Null);
        Assert.That(EnvironmentNamespaces.Drift(desired, created.Namespace!), Is.Empty);
        Assert.That(EnvironmentNamespaces.PrNumberIfCreatedBy(created.Namespace!, Owner), Is.EqualTo(22));
        var (found, failure) = await Namespaces.ListAsync(Owner, ct);
        Assert.That(failure, Is.Null);
        Assert.That(found.Select(n => n.Metadata.Name), Does.Contain(desired.Name));
        var others = await Namespaces.ListAsync(Owner with { Metadata = Owner.Metadata with { Uid = "uid-of-another" } }, ct);
        Assert.That(others.Found, Is.Empty);
    }

    [Test]
    public async Task Create_OneThatExists_IsRefusedAndLeavesItAsItIs(CancellationToken ct)
    {
        var created = await Namespaces.CreateAsync(Desired("taken", ("team", "web")), ct);

        var again = await Namespaces.CreateAsync(Desired("taken", ("team", "other")), ct);

        Assert.That(again.Failure, Has.Property("IsConflict").True);
        var found = await Namespaces.FindAsync(created.Namespace!.Metadata.Name, ct);
        Assert.That(found.Namespace!.Metadata.ResourceVersion, Is.EqualTo(created.Namespace.Metadata.ResourceVersion));
    }

    [Test]
    public async Task Apply_WithoutALabel_RemovesItAndLeavesThoseOfOthers(CancellationToken ct)
    {
        var created = (await Namespaces.CreateAsync(Desired("changed", ("team", "web"), ("stage", "test")), ct)).Namespace!;
        await LabelAsync(created.Metadata.Name, "of-others", "kept", ct);

        var applied = await Namespaces.ApplyAsync(Desired("changed", ("team", "shop")), created.Metadata.Uid, ct);

        Assert.That(applied.Failure, Is.Null);
        var labels = applied.Namespace!.Metadata.Labels!;
        Assert.That(labels["team"], Is.EqualTo("shop"));
        Assert.That(labels.ContainsKey("stage"), Is.False);
        Assert.That(labels["of-others"], Is.EqualTo("kept"));
        Assert.That(EnvironmentNamespaces.PrNumberIfCreatedBy(applied.Namespace, Owner), Is.EqualTo(22));
    }

    [Test]
    public async Task Apply_ToAnotherUid_ChangesNothing(CancellationToken ct)
    {
        var created = (await Namespaces.CreateAsync(Desired("other-uid"), ct)).Namespace!;

        var applied = await Namespaces.ApplyAsync(Desired("other-uid", ("team", "web")), Guid.NewGuid().ToString(), ct);

        Assert.That(applied.Failure, Is.Not.Null);
        var found = await Namespaces.FindAsync(created.Metadata.Name, ct);
        Assert.That(found.Namespace!.Metadata.ResourceVersion, Is.EqualTo(created.Metadata.ResourceVersion));
    }

    [Test]
    public async Task Delete_OfAnotherUid_LeavesIt(CancellationToken ct)
    {
        var created = (await Namespaces.CreateAsync(Desired("kept"), ct)).Namespace!;

        var deleted = await Namespaces.DeleteAsync(created.Metadata.Name, Guid.NewGuid().ToString(), ct);

        Assert.That(deleted.Failure, Is.Null, "the one that was meant is gone");
        var found = await Namespaces.FindAsync(created.Metadata.Name, ct);
        Assert.That(found.Namespace, Has.Property("IsTerminating").False);
    }

    [Test]
    public async Task Delete_Once_TerminatesIt_AndIsASuccessWhenItIsGone(CancellationToken ct)
    {
        var created = (await Namespaces.CreateAsync(Desired("deleted"), ct)).Namespace!;

        var deleted = await Namespaces.DeleteAsync(created.Metadata.Name, created.Metadata.Uid, ct);

        Assert.That(deleted.Failure, Is.Null);
        var found = await Namespaces.FindAsync(created.Metadata.Name, ct);
        Assert.That(found.Namespace, Is.Null.Or.Property("IsTerminating").True);
        var missing = await Namespaces.DeleteAsync("never-" + Run, created.Metadata.Uid, ct);
        Assert.That(missing.Failure, Is.Null);
    }

    [Test]
    public async Task Orphan_TakesOurMarksAndLeavesTheRest(CancellationToken ct)
    {
        var created = (await Namespaces.CreateAsync(Desired("orphan", ("team", "web")), ct)).Namespace!;

        var orphaned = await Namespaces.OrphanAsync(created.Metadata.Name, created.Metadata.Uid, ct);

        Assert.That(orphaned.Failure, Is.Null);
        var found = (await Namespaces.FindAsync(created.Metadata.Name, ct)).Namespace!;
        Assert.That(found.Metadata.Label("team"), Is.EqualTo("web"));
        Assert.That(EnvironmentNamespaces.OwnerOf(found), Is.Null);
        Assert.That(EnvironmentNamespaces.PrNumberIfCreatedBy(found, Owner), Is.Null);
        Assert.That((await Namespaces.ListAsync(Owner, ct)).Found.Select(n => n.Metadata.Name), Does.Not.Contain(created.Metadata.Name));
    }

    [Test]
    public async Task Find_Missing_IsNeitherANamespaceNorAFailure(CancellationToken ct) =>
        Assert.That(await Namespaces.FindAsync("never-" + Run, ct), Is.EqualTo(default(NamespaceResult)));

    private static DesiredNamespace Desired(string name, params (string Name, string Value)[] entries)
    {
        var policy = new NamespacePolicy(new TextTemplate($"{name}-{Run}"));
        foreach (var (key, value) in entries)
        {
            policy = key.Contains('/', StringComparison.Ordinal)
                ? policy with { Annotations = policy.Annotations.Add(key, new TextTemplate(value)) }
                : policy with { Labels = policy.Labels.Add(key, new TextTemplate(value)) };
        }

        var pullRequest = new PullRequest { Number = 22, HeadSha = new string('a', 40) };
        return EnvironmentNamespaces.For(Owner, policy.Name.Text, policy, new TemplateContext(pullRequest, "octo", "app"));
    }

    private async Task LabelAsync(string name, string label, string value, CancellationToken ct)
    {
        var body = System.Text.Encoding.UTF8.GetBytes($$$"""{"metadata": {"labels": {"{{{label}}}": "{{{value}}}"} } }""");
        var path = $"{ApiResource.Namespaces.CollectionPath(null)}/{name}";
        await _client.Raw.SendAsync(ApiRequest.MergePatch(path, body), ResourceJson.Default.ClusterNamespace, ct);
    }
}
