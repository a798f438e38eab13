using System.Text.Json;
using PrEnv.Core.Releases;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Cluster;
using PrEnv.Tests.Commands;

namespace PrEnv.Tests.EndToEnd;

/// <summary>
/// <c>get</c>, <c>why</c> and <c>plan</c> with the rights to read, as the API server's audit log and GitHub's journal have them.
/// </summary>
[Category("Integration")]
[NonParallelizable]
internal sealed class ReadOnlyCommandTests
{
    private const string Account = "reader";

    private const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: Metadata
          users: ["system:serviceaccount:prenv-system:reader"]
        - level: None
        """;

    private const string Reading = """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reading}
        rules:
        - apiGroups: [prcontroller.controllers.ephemeralenv.io, helm.toolkit.fluxcd.io]
          resources: [prephemeralenvcontrollers, helmreleases]
          verbs: [get, list, watch]
        """;

    private const string Secrets = """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reading-secrets}
        rules:
        - apiGroups: [""]
          resources: [secrets]
          verbs: [get]
        """;

    [Test]
    public async Task Commands_OfAReader_OnlyRead_AndSayWhichRightIsMissing()
    {
        if (await TestCluster.GetAsync() is not LocalClusterFixture)
            Assert.Ignore("Left out: only the local control plane keeps an audit log.");
        using var folder = new Support.TemporaryDirectory();
        var log = Path.Combine(folder.Path, "audit.log");
        await using var fixture = await LocalClusterFixture.StartAsync(
            TestContext.Progress.WriteLine,
            [
                $"--audit-policy-file={folder.Write("policy.yaml", Policy)}", $"--audit-log-path={log}",
                "--audit-log-mode=blocking-strict",
            ]);
        await fixture.InstallCrdsAsync();
        var cluster = await EndToEndCluster.OnAsync(fixture);
        await using var world = await EndToEndWorld.CreateAsync(cluster);
        var pr = world.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await world.ApplyAsync(world.Resource(more: world.HealthCheck));
        var kubeconfig = await cluster.CreateAccountAsync(Account);

        var blind = await RunAsync(world, kubeconfig, "get");
        await GrantAsync(world, "reading", Reading);
        var get = await UntilGrantedAsync(world, kubeconfig, "get");
        var partly = await RunAsync(world, kubeconfig, "plan");
        var unread = await RunAsync(world, kubeconfig, "why", $"{pr.Number}");
        await GrantAsync(world, "reading-secrets", Secrets);
        var before = await world.ResourceVersionsAsync();
        var why = await UntilGrantedAsync(world, kubeconfig, "why", $"{pr.Number}");
        var plan = await RunAsync(world, kubeconfig, "plan");
        var write = await RunAsync(world, kubeconfig, "suspend", "shop");

        Assert.That((blind.Code, get.Code, partly.Code, unread.Code, why.Code, plan.Code, write.Code), Is.EqualTo((1, 0, 1, 1, 0, 2, 1)));
        Assert.That(
            blind.Error, Does.Contain("cannot list resource \"prephemeralenvcontrollers\"").And.EndsWith("choose a namespace with -n.\n"));
        var secret = $"You may not read Secret {world.Namespace}/tokensecret: ask for the right to \"get\" secrets in namespace "
            + $"{world.Namespace}.";
        Assert.That(partly.Error, Does.Contain(secret));
        Assert.That(unread.Error, Does.Contain(secret));
        Assert.That(why.Output, Does.Contain($"create {world.Destination}/{ReleaseNaming.NameOf(pr.Number)}"));
        Assert.That(plan.Output, Does.Contain($"create {world.Destination}/{ReleaseNaming.NameOf(pr.Number)}"));
        Assert.That(await world.ResourceVersionsAsync(), Is.EqualTo(before));
        Assert.That(world.GitHub.Requests.Entries.Select(e => e.Method), Is.Not.Empty.And.All.EqualTo("GET"));
        Assert.That(Verbs(log), Is.EquivalentTo(["get", "list", "patch 403"]));
    }

    // The API server takes a moment to notice a binding.
    private static Task<CliResult> UntilGrantedAsync(EndToEndWorld world, string kubeconfig, params string[] args) =>
        world.UntilAsync(() => RunAsync(world, kubeconfig, args), result => result.Code == 0, "the right");

    private static async Task GrantAsync(EndToEndWorld world, string name, string role)
    {
        await Manifests.ApplyAsync(world.Client, role);
        await Manifests.ApplyAsync(world.Client, $$"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: {{name}}}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {{name}}}
            subjects: [{kind: ServiceAccount, name: {{Account}}, namespace: {{EndToEndCluster.Namespace}}}]
            """);
    }

    // What was done with which verb; a write that was refused is told from one that was not.
    private static IEnumerable<string> Verbs(string log) => File.ReadLines(log)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(entry => entry.TryGetProperty("objectRef", out _))
        .Select(entry => (
            Verb: entry.GetProperty("verb").GetString()!, Code: entry.GetProperty("responseStatus").GetProperty("code").GetInt32()))
        .Select(e => e.Verb is "get" or "list" ? e.Verb : $"{e.Verb} {e.Code}")
        .Distinct(StringComparer.Ordinal);

    private static Task<CliResult> RunAsync(EndToEndWorld world, string kubeconfig, params string[] args) => Cli.RunAsync(
        [
            .. args, "--kubeconfig", kubeconfig, "-n", world.Namespace,
            .. args[0] is "plan" or "why" ? (string[])["--github-api-url", world.GitHub.BaseUrl.AbsoluteUri] : [],
        ]);
}
