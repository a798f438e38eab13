using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using k8s;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Processes;
using PrEnv.Tests.Cluster;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.EndToEnd;

/// <summary>The roles, compared with the requests that the API server's own audit log has of the controller.</summary>
[Category("Integration")]
[NonParallelizable]
internal sealed class RightsTests
{
    private const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: Metadata
          users: ["system:serviceaccount:prenv-system:prenv-controller"]
        - level: None
        """;

    private static readonly string[] Roles =
    [
        "cluster-role", "leader-election-role", "namespaces/cluster-role", "components/metrics-auth/cluster-role",
    ];

    [Test]
    public async Task Roles_HaveTheRightsThatAreUsed_AndNoOthers()
    {
        if ((await TestCluster.GetAsync()) is not LocalClusterFixture)
            Assert.Ignore("Left out: only the local control plane keeps an audit log.");
        var folder = Directory.CreateTempSubdirectory("prenv-audit-");
        try
        {
            var (policy, log) = (Path.Combine(folder.FullName, "policy.yaml"), Path.Combine(folder.FullName, "audit.log"));
            await File.WriteAllTextAsync(policy, Policy);
            await using (var fixture = await LocalClusterFixture.StartAsync(
                TestContext.Progress.WriteLine,
                [$"--audit-policy-file={policy}", $"--audit-log-path={log}", "--audit-log-mode=blocking-strict"]))
            {
                await fixture.InstallCrdsAsync();
                await LiveAsync(await EndToEndCluster.OnAsync(fixture));
            }

            var (used, refused) = Read(log);
            Assert.That(refused, Is.Empty, "what was asked without the right to");
            // The log calls every server-side apply a patch; one that makes an object needs the right to create too.
            used.Add("helm.toolkit.fluxcd.io helmreleases create");
            Assert.That(used, Is.EquivalentTo(Granted()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A whole life, with what goes wrong in it.
    private static async Task LiveAsync(EndToEndCluster cluster)
    {
        await using var world = await EndToEndWorld.CreateAsync(cluster);
        await cluster.AllowNamespacesAsync(true);
        var pr = world.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        world.Flux.BreakChart(ReleaseNaming.NameOf(pr.Number), "NoSourceArtifact", "no artifact available");
        await Manifests.ApplyFileAsync(
            cluster.Client, RepositoryRoot.Combine("manifests", "components", "metrics-auth", "cluster-role.yaml"));
        world.MetricsAddress = "127.0.0.1:0";
        var controller = world.StartController(
            "--leader-elect", "--leader-elect-namespace", EndToEndCluster.Namespace, "--metrics-auth");
        await world.ApplyAsync(world.Resource(more: world.HealthCheck + "\n  namespace: {template: rights-<<PR_NUMBER>>}"));
        await world.UntilResourceAsync(
            r => r?.Status?.Environments?.Any(e => e.Message?.Contains("no artifact available", StringComparison.Ordinal) == true) == true,
            "the cause that the HelmChart tells");
        world.Flux.Heal(ReleaseNaming.NameOf(pr.Number));
        await world.UntilStatusAsync(pr.HeadSha, "success");
        for (var i = 0; i < 2; i++)
        {
            // The same failure twice: the second continues the event of the first.
            world.GitHub.RevokeToken(EndToEndWorld.Token);
            await world.UntilMessageAsync("PRFetchFailed");
            world.GitHub.AddToken(EndToEndWorld.Token);
            world.GitHub.Grant(EndToEndWorld.Token, EndToEndWorld.Owner, EndToEndWorld.Repository);
            await world.UntilMessageAsync("Ready");
        }

        await ConflictAsync(cluster, (await world.GetResourceAsync())!, (await world.GetReleaseAsync(pr.Number))!);
        await ScrapeAsync(world, controller, cluster);
        await world.DeleteResourceAsync();
        await world.UntilAsync(() => world.GetResourceAsync(), r => r is null, "the resource's end");
    }

    // The controller's own token is as good as any to be asked about.
    private static async Task ScrapeAsync(EndToEndWorld world, ControllerProcess controller, EndToEndCluster cluster)
    {
        var lines = await world.UntilAsync(
            () => EndToEndWorld.LogAsync(controller, "The metrics endpoint is listening"), lines => lines.Count > 0, "the metrics");
        var address = lines[0][lines[0].IndexOf("http://", StringComparison.Ordinal)..].Split('"', ' ')[0].TrimEnd('.', '/', '\r');
        var token = KubernetesClientConfiguration.BuildConfigFromConfigFile(cluster.ControllerKubeconfig).AccessToken;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address + "/metrics");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    // After a refusal for an object that was replaced meanwhile, the adapters look at what is there.
    private static async Task ConflictAsync(EndToEndCluster cluster, PREphemeralEnvController resource, HelmRelease release)
    {
        using var client = new RawKubernetes(
            KubernetesClientConfiguration.BuildConfigFromConfigFile(cluster.ControllerKubeconfig), TimeProvider.System);
        var spec = SpecReader.Read(resource, new ControllerSettings()).Spec!;
        var desired = Some.Desired(resource, spec, 1, "0123");
        var key = release.Metadata.Key;
        var applier = new ReleaseApplier(client, TimeProvider.System);
        await applier.ApplyAsync(desired with { Key = key }, "another-uid", CancellationToken.None);
        var replaced = resource with { Metadata = resource.Metadata with { Uid = "another-uid" } };
        await new ResourceWriter(client).PatchStatusAsync(replaced, resource.Status!, CancellationToken.None);
    }

    private static (SortedSet<string> Used, List<string> Refused) Read(string log)
    {
        var (used, refused) = (new SortedSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var line in File.ReadLines(log))
        {
            var entry = JsonDocument.Parse(line).RootElement;
            if (!entry.TryGetProperty("objectRef", out var target))
                continue;
            var resource = Text(target, "resource") + (Text(target, "subresource") is { Length: > 0 } sub ? "/" + sub : "");
            var right = $"{Text(target, "apiGroup")} {resource} {Text(entry, "verb")}";
            if (entry.TryGetProperty("responseStatus", out var status) && status.TryGetProperty("code", out var code)
                && code.GetInt32() == 403)
            {
                refused.Add(right);
            }

            used.Add(right);
        }

        return (used, refused);
    }

    private static IEnumerable<string> Granted() =>
        Roles.SelectMany(file => RepositoryFiles.Yaml($"manifests/{file}.yaml")[0]["rules"]!.AsArray()).SelectMany(rule =>
            from verb in rule!["verbs"]!.AsArray()
            from resource in rule["resources"]!.AsArray()
            select $"{rule["apiGroups"]![0]} {resource} {verb}");

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
