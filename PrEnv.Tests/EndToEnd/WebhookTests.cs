using System.Net;
using System.Net.Sockets;
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

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }
}
