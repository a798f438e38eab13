using System.Globalization;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Tests.EndToEnd;

/// <summary>
/// Two teams that do not trust each other, in one cluster, as docs/installation.md describes it: a controller each, with Roles in one
/// namespace and no right in the cluster. Neither sees nor breaks the other.
/// </summary>
internal sealed class TenancyTests : EndToEndTest
{
    private const string Deployer = "deployer";
    private static int _count;

    private readonly List<ControllerProcess> _controllers = [];
    private Team _red = null!;
    private Team _blue = null!;

    protected override HelmControllerOptions Flux => new() { NoCrossNamespaceRefs = true, DefaultServiceAccount = Deployer };

    [SetUp]
    public async Task CreateTeamsAsync()
    {
        var number = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        _red = await CreateTeamAsync($"red-{number}");
        _blue = await CreateTeamAsync($"blue-{number}");
    }

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var controller in _controllers)
            await controller.DisposeAsync();
        _controllers.Clear();
    }

    [Test]
    public async Task TwoTeams_EachHaveTheirOwnEnvironments_AndNothingOfTheOthers()
    {
        var (red, blue) = (await LiveAsync(_red), await LiveAsync(_blue));

        foreach (var (team, other) in ((Team, Team)[])[(_red, _blue), (_blue, _red)])
        {
            var release = (await World.ListReleasesAsync(team.Name)).Single();
            Assert.That(release.Metadata.Namespace, Is.EqualTo(team.Name));
            Assert.That(release.Spec.ServiceAccountName, Is.EqualTo(Deployer));
            Assert.That(await EndToEndWorld.LogAsync(team.Controller!, other.Name), Is.Empty, "it does not know of the other");
            Assert.That(await EndToEndWorld.LogAsync(team.Controller!, "is forbidden: User"), Is.Empty);
        }

        // The end of one is nothing to the other.
        var before = (await World.ListReleasesAsync(_blue.Name)).Single().Metadata;
        World.GitHub.Close(EndToEndWorld.Owner, _red.Name, red.Number);
        await World.UntilReleaseAsync(red.Number, null, _red.Name);
        await _red.Controller!.KillAsync();
        var after = (await World.ListReleasesAsync(_blue.Name)).Single().Metadata;
        Assert.That((after.Uid, after.ResourceVersion), Is.EqualTo((before.Uid, before.ResourceVersion)));
        var pushed = World.GitHub.Push(EndToEndWorld.Owner, _blue.Name, blue.Number);
        await UntilSuccessAsync(_blue, pushed.HeadSha);
    }

    [Test]
    public async Task Team_ThatReachesForTheOther_IsRefused()
    {
        var blue = await LiveAsync(_blue);
        var release = (await World.ListReleasesAsync(_blue.Name)).Single().Metadata;
        await LiveAsync(_red);
        await World.ApplyAsync(Resource(_red, "thief").Replace(
            "name: tokensecret", $"name: tokensecret\n      namespace: {_blue.Name}", StringComparison.Ordinal));
        await World.ApplyAsync(Resource(_red, "intruder").Replace(
            $"destinationNamespace: {_red.Name}", $"destinationNamespace: {_blue.Name}", StringComparison.Ordinal));
        await World.ApplyAsync(Resource(_red, "borrower").Replace(
            $"fluxSourceNamespace: {_red.Name}", $"fluxSourceNamespace: {_blue.Name}", StringComparison.Ordinal));

        foreach (var name in (string[])["thief", "intruder", "borrower"])
        {
            var refused = await World.UntilAsync(
                () => World.GetResourceAsync(name, _red.Name), r => r?.Status?.Message == "InvalidSpec", name);
            Assert.That(
                refused!.Status!.Conditions!.Single(c => c.Type == "Stalled").Message,
                Does.Contain($"must be {_red.Name}: this controller runs with --no-cross-namespace-refs"));
        }

        var kept = (await World.ListReleasesAsync(_blue.Name)).Single().Metadata;
        // Its own controller may still be noting what it has told.
        Assert.That((kept.Uid, kept.Generation), Is.EqualTo((release.Uid, release.Generation)));
        Assert.That(kept.Labels, Is.EquivalentTo(release.Labels!));
        Assert.That(
            World.GitHub.Requests.Entries.Where(e => e.Login == _red.Name && e.Target.Contains(_blue.Name, StringComparison.Ordinal)),
            Is.Empty);
        Assert.That(World.GitHub.Statuses(EndToEndWorld.Owner, _blue.Name, blue.HeadSha)[^1].State, Is.EqualTo("success"));
    }

    // Whatever the controller does: this is what its account could do.
    [Test]
    public async Task Account_OfATeam_HasNoRightElsewhere()
    {
        using var client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(_red.Kubeconfig));

        Assert.That((await client.CoreV1.ReadNamespacedSecretAsync("tokensecret", _red.Name)).Data, Does.ContainKey("token"));
        AssertForbidden(() => client.CoreV1.ReadNamespacedSecretAsync("tokensecret", _blue.Name));
        AssertForbidden(() => client.CoreV1.ListNamespacedSecretAsync(_red.Name));
        AssertForbidden(() => client.CoreV1.ListNamespaceAsync());
        AssertForbidden(() => client.CustomObjects.ListNamespacedCustomObjectAsync(
            HelmRelease.Group, HelmRelease.Version, _blue.Name, HelmRelease.Plural));
        AssertForbidden(() => client.CustomObjects.ListClusterCustomObjectAsync(
            PREphemeralEnvController.Group, PREphemeralEnvController.Version, PREphemeralEnvController.Plural));
        AssertForbidden(() => client.CoordinationV1.ListNamespacedLeaseAsync(_blue.Name));
    }

    private static void AssertForbidden(Func<Task> ask) => Assert.That(
        ask,
        Throws.TypeOf<HttpOperationException>().With.Property("Response").With.Property("StatusCode").EqualTo(HttpStatusCode.Forbidden));

    private async Task<Team> CreateTeamAsync(string name)
    {
        var team = new Team(name, $"token-of-{name}", await Cluster.CreateAccountAsync(name));
        await World.CreateNamespaceAsync(name);
        await World.CreateSecretAsync(name, "tokensecret", team.Token);
        await Cluster.GrantAsync(name, "namespaced/role/role", name);
        await Cluster.GrantAsync(name, "leader-election-role", name);
        World.GitHub.CreateRepository(EndToEndWorld.Owner, name, isPrivate: true);
        World.GitHub.AddToken(team.Token, login: name);
        World.GitHub.Grant(team.Token, EndToEndWorld.Owner, name);
        await Cluster.Client.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = Deployer } }, name);
        await Cluster.Client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new V1RoleBinding
            {
                Metadata = new V1ObjectMeta { Name = Deployer },
                RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "cluster-admin" },
                Subjects = [new Rbacv1Subject { Kind = "ServiceAccount", Name = Deployer, NamespaceProperty = name }],
            },
            name);
        return team;
    }

    /// <summary>An environment of the team's pull request, with the team's own controller.</summary>
    private async Task<GitHubPullRequest> LiveAsync(Team team)
    {
        team.Controller = World.StartInstance(
            team.Kubeconfig,
            "--watch-namespaces", team.Name, "--no-cross-namespace-refs", "--default-service-account", Deployer,
            "--leader-elect", "--leader-elect-namespace", team.Name);
        _controllers.Add(team.Controller);
        await World.ApplyAsync(Resource(team, "shop"));
        // The environments of all teams answer at one address, by their number.
        var number = team == _red ? 41 : 42;
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, team.Name, new NewPullRequest { Number = number });
        await UntilSuccessAsync(team, pr.HeadSha);
        return pr;
    }

    private Task<IReadOnlyList<PostedStatus>> UntilSuccessAsync(Team team, string sha) => World.UntilAsync(
        () => Task.FromResult(World.GitHub.Statuses(EndToEndWorld.Owner, team.Name, sha)),
        statuses => statuses is [.., { State: "success" }], $"success of {team.Name}");

    private string Resource(Team team, string name) => World.Resource(name, team.Name, more: World.HealthCheck)
        .Replace($"namespace: {World.Namespace}", $"namespace: {team.Name}", StringComparison.Ordinal)
        .Replace($"repo: {EndToEndWorld.Repository}", $"repo: {team.Name}", StringComparison.Ordinal)
        .Replace("fluxSourceRepoName: infra", $"fluxSourceRepoName: infra\n    fluxSourceNamespace: {team.Name}", StringComparison.Ordinal);

    private sealed record Team(string Name, string Token, string Kubeconfig)
    {
        public ControllerProcess? Controller { get; set; }
    }
}
