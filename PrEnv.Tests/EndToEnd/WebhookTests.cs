using System.Net;
using System.Net.Sockets;
using System.Text;
using PrEnv.Sandbox.GitHub.Hooks;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>Changes are seen at once, not at the next interval.</summary>
internal sealed class WebhookTests : EndToEndTest
{
    private const string Secret = "hook-s3cret";

    [Test]
    public async Task PullRequest_FromOpenToClose_FollowsTheWebhooks()
    {
        var address = FreeAddress();
        World.WebhookAddress = address;
        await World.CreateSecretAsync(World.Namespace, "hook", Secret);
        World.StartController();
        // So long an interval that nothing but the webhook can be the cause.
        await World.ApplyAsync(World.Resource(interval: "24h").Replace(
            "tokenSecretRef:", "webhookSecretRef: {name: hook}\n    tokenSecretRef:", StringComparison.Ordinal));
        await World.UntilMessageAsync("Ready");
        World.GitHub.AddWebhook(EndToEndWorld.Owner, EndToEndWorld.Repository, new Uri($"http://{address}/webhooks/github"), Secret);

        var opened = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
        await World.UntilReleaseAsync(22, opened.HeadSha);
        var pushed = World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await World.UntilReleaseAsync(22, pushed.HeadSha);
        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await World.UntilReleaseAsync(22, null);

        Assert.That(
            World.GitHub.Deliveries.Select(d => (d.Event, d.Action, d.Status)),
            Is.EqualTo(new (string, string, HttpStatusCode?)[]
            {
                ("ping", "", HttpStatusCode.OK),
                ("pull_request", "opened", HttpStatusCode.Accepted),
                ("pull_request", "synchronize", HttpStatusCode.Accepted),
                ("pull_request", "closed", HttpStatusCode.Accepted),
            }));
        Assert.That(await File.ReadAllTextAsync(World.Controller!.LogPath), Does.Not.Contain(Secret));
    }

    [Test]
    public async Task Delivery_ToAnInstanceThatWaits_ReachesTheLeader()
    {
        string[] election =
        [
            "--leader-elect", "--leader-elect-namespace", EndToEndCluster.Namespace,
            "--leader-elect-lease-duration=3s", "--leader-elect-renew-deadline=2s", "--leader-elect-retry-period=500ms",
        ];
        await World.CreateSecretAsync(World.Namespace, "hook", Secret);
        await World.ApplyAsync(World.Resource(interval: "24h").Replace(
            "tokenSecretRef:", "webhookSecretRef: {name: hook}\n    tokenSecretRef:", StringComparison.Ordinal));
        World.StartController(election);
        await World.UntilMessageAsync("Ready");
        World.WebhookAddress = FreeAddress();
        await using var waiting = World.StartInstance(Cluster.ControllerKubeconfig, election);
        await World.UntilAsync(
            () => File.ReadAllTextAsync(waiting.LogPath), log => log.Contains("The webhook endpoint listens", StringComparison.Ordinal), "the second instance");
        var hook = new Webhook($"{EndToEndWorld.Owner}/{EndToEndWorld.Repository}", new Uri($"http://{World.WebhookAddress}/webhooks/github"), Secret);

        var opened = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        var body = Encoding.UTF8.GetBytes($$$"""{"repository":{"full_name":"{{{hook.Repository}}}"},"pull_request":{"number":{{{opened.Number}}}}}""");
        using var http = new HttpClient();
        // Until its caches are filled it says so.
        await World.UntilAsync(() => DeliverAsync(http, hook, body), status => status != HttpStatusCode.ServiceUnavailable, "an answer");
        await World.UntilReleaseAsync(opened.Number, opened.HeadSha);

        Assert.That(await File.ReadAllTextAsync(waiting.LogPath), Does.Not.Contain("FluxHelmReleaseCreated"));
    }

    private static async Task<HttpStatusCode> DeliverAsync(HttpClient http, Webhook hook, byte[] body)
    {
        using var request = WebhookSender.Request(hook, "pull_request", Guid.NewGuid(), body);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }
}
