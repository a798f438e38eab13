using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Tests.EndToEnd;

/// <summary>Protected metrics of the real controller: the real API server says whose token it is, and what they may do.</summary>
internal sealed partial class MetricsAuthTests : EndToEndTest
{
    private const string Reader = "prenv-metrics-reader";
    private const string Stranger = "metrics-stranger";

    private readonly HttpClient _client = new();
    private ControllerProcess? _follower;

    [OneTimeTearDown]
    public void Dispose() => _client.Dispose();

    [TearDown]
    public async Task StopAsync()
    {
        if (_follower is not null)
            await _follower.DisposeAsync();
        _follower = null;
        await TakeRightsAwayAsync();
    }

    // On an instance that does not lead, which may write nothing.
    [Test]
    public async Task Metrics_OfAFollower_AreForThoseWhoMayReadThem()
    {
        await GrantAsync();
        await Cluster.CreateAccountAsync(Stranger);
        World.MetricsAddress = "127.0.0.1:0";
        var leader = World.StartController(Election);
        await World.UntilAsync(
            () => EndToEndWorld.LogAsync(leader, "is the leader"), lines => lines.Count > 0, "a leader");
        _follower = World.StartInstance(Cluster.ControllerKubeconfig, [.. Election, "--metrics-auth"]);
        var address = await AddressAsync(_follower);

        using var good = await GetAsync(address, await TokenAsync(Reader));
        Assert.That(good.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var metrics = await good.Content.ReadAsStringAsync();
        Assert.That(metrics, Does.Contain("leader_election_master_status{name=\"prenv-controller\"} 0"), "it does not lead");
        Assert.That(await StatusAsync(address, null), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await StatusAsync(address, "invented"), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await StatusAsync(address, await TokenAsync(Stranger)), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(await AddressAsync(leader), null), Is.EqualTo(HttpStatusCode.OK), "without the option, for everyone");
    }

    [Test]
    public async Task ApiServer_ThatIsAway_LetsNobodyElseIn()
    {
        if (!Cluster.CanRestartApiServer)
            Assert.Ignore($"Left out: {Cluster.Name} cannot be stopped and started.");
        await GrantAsync();
        World.MetricsAddress = "127.0.0.1:0";
        var address = await AddressAsync(World.StartController("--metrics-auth"));
        // Older servers give the same token twice in a second, unless something differs.
        var (known, other) = (await TokenAsync(Reader), await TokenAsync(Reader, seconds: 7200));
        Assert.That(await StatusAsync(address, known), Is.EqualTo(HttpStatusCode.OK));

        await Cluster.StopApiServerAsync();
        try
        {
            Assert.That(await StatusAsync(address, other), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }
        finally
        {
            await Cluster.StartApiServerAsync();
        }

        await World.UntilAsync(() => StatusAsync(address, other), status => status == HttpStatusCode.OK, "the API server's return");
    }

    [Test]
    public async Task Rights_ThatAreMissing_AreNamedInTheLog()
    {
        World.MetricsAddress = "127.0.0.1:0";
        var controller = World.StartController("--metrics-auth");
        var address = await AddressAsync(controller);
        await Cluster.CreateAccountAsync(Reader);

        Assert.That(await StatusAsync(address, await TokenAsync(Reader)), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(
            await World.UntilAsync(() => EndToEndWorld.LogAsync(controller, "Cannot check"), lines => lines.Count > 0, "why"),
            Has.Some.Contain("tokenreviews").And.Some.Contain("manifests/components/metrics-auth"));
    }

    private static string[] Election => ["--leader-elect", "--leader-elect-namespace", EndToEndCluster.Namespace];

    private async Task GrantAsync()
    {
        foreach (var file in (string[])["cluster-role", "reader"])
        {
            await Manifests.ApplyFileAsync(
                Cluster.Client, RepositoryRoot.Combine("manifests", "components", "metrics-auth", file + ".yaml"));
        }
    }

    private async Task TakeRightsAwayAsync()
    {
        foreach (var name in (string[])["prenv-controller-metrics-auth", Reader])
        {
            await Cluster.Client.RbacAuthorizationV1.DeleteCollectionClusterRoleBindingAsync(
                fieldSelector: $"metadata.name={name}");
        }
    }

    private async Task<string> TokenAsync(string account, int seconds = 3600)
    {
        var request = new Authenticationv1TokenRequest
        {
            Spec = new V1TokenRequestSpec { Audiences = [], ExpirationSeconds = seconds },
        };
        var answer = await Cluster.Client.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, account, EndToEndCluster.Namespace);
        return answer.Status.Token;
    }

    private async Task<HttpStatusCode> StatusAsync(string address, string? token)
    {
        using var answer = await GetAsync(address, token);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> GetAsync(string address, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{address}/metrics");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _client.SendAsync(request);
    }

    private async Task<string> AddressAsync(ControllerProcess controller)
    {
        var lines = await World.UntilAsync(
            () => EndToEndWorld.LogAsync(controller, "The metrics endpoint is listening"), lines => lines.Count > 0, "the metrics");
        return Address().Match(lines[0]).Value;
    }

    [GeneratedRegex("127[.]0[.]0[.]1:[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
