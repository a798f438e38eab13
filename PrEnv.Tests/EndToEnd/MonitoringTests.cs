using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Sandbox.Processes;
using PrEnv.Tests.Deployment;

namespace PrEnv.Tests.EndToEnd;

/// <summary>A real Prometheus scrapes the live controller: the dashboard shows something, and each alert fires on its fault.</summary>
internal sealed partial class MonitoringTests : EndToEndTest
{
    private const string Secret = "hook-s3cret";
    private const string AnyPort = "127.0.0.1:0";
    private const string Lease = "prenv-controller";

    private static readonly string[] Election =
    [
        "--leader-elect", "--leader-elect-namespace", EndToEndCluster.Namespace,
        "--leader-elect-lease-duration=20s", "--leader-elect-renew-deadline=8s", "--leader-elect-retry-period=500ms",
    ];

    [Test]
    [CancelAfter(600_000)]
    public async Task Dashboard_OfALiveController_HasNoEmptyPanel_AndNothingFires()
    {
        var controller = await StartAsync();
        await using var prometheus = PrometheusServer.Start(await AddressAsync(controller, "metrics"), Rules());
        World.Flux.FailInstalls("relpr-23");
        foreach (var number in (int[])[22, 23])
            World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = number });
        await World.UntilResourceAsync(r => r.Status?.EnvironmentsReady == 1, "an environment");

        foreach (var (panel, expression) in Alerts.Panels())
        {
            await World.UntilAsync(
                () => prometheus.CountAsync(expression), count => count > 0, $"something in the panel {panel}: {expression}");
        }

        Assert.That(await prometheus.FiringAsync(), Is.Empty);
    }

    [Test]
    [CancelAfter(900_000)]
    public async Task Alerts_EachFireOnTheirFault()
    {
        var controller = await StartAsync("--concurrent=1");
        var address = await AddressAsync(controller, "metrics");
        await using var prometheus = PrometheusServer.Start(address, Rules());
        var numbers = Enumerable.Range(22, 4).ToList();
        foreach (var number in numbers)
        {
            if (number > 22)
                World.Flux.FailInstalls($"relpr-{number}");
            World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = number });
        }

        await UntilFiringAsync("PrEnvEnvironmentsFailing");

        // A resource whose secret is not that of the webhook on GitHub.
        await World.CreateSecretAsync(World.Namespace, "other", "another-s3cret");
        await World.ApplyAsync(Resource("quiet", "other", "  pullRequests: {labels: [none]}"));
        await World.UntilMessageAsync("Ready", "quiet");
        World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await UntilFiringAsync("PrEnvWebhookSilent");

        World.Flux.FailUninstalls("relpr-22");
        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await UntilFiringAsync("PrEnvDeletionHeld");

        World.GitHub.SetRateLimit(EndToEndWorld.Token, 100, TimeSpan.FromMinutes(50));
        World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 23);
        await UntilFiringAsync("PrEnvGitHubBudgetLow");
        World.GitHub.SetRateLimit(EndToEndWorld.Token, 5000, TimeSpan.FromMinutes(50));

        // The only worker waits for GitHub, and the other resource for the worker.
        World.GitHub.Faults.Add(new FaultRule { Path = "/pulls", Times = null, Delay = Timeout.InfiniteTimeSpan });
        await RequestAsync("shop", "quiet");
        await UntilFiringAsync("PrEnvQueueNotDraining");
        World.GitHub.Faults.Clear();

        World.GitHub.RevokeToken(EndToEndWorld.Token);
        await RequestAsync("shop");
        await UntilFiringAsync("PrEnvResourceNotReady");

        await controller.StopAsync();
        await UntilFiringAsync("PrEnvDown");

        // Another holder, which does not renew.
        await StealLeaseAsync();
        World.MetricsAddress = address;
        World.StartController(Election);
        await UntilFiringAsync("PrEnvNoLeader");

        Task UntilFiringAsync(string alert) => World.UntilAsync(
            prometheus.FiringAsync, firing => firing.Contains(alert, StringComparer.Ordinal), alert);
    }

    [Test]
    [CancelAfter(600_000)]
    public async Task ReconcileErrors_WithoutPermissions_Fire()
    {
        var controller = await StartAsync();
        await using var prometheus = PrometheusServer.Start(await AddressAsync(controller, "metrics"), Rules());
        var binding = await World.Client.RbacAuthorizationV1.ReadClusterRoleBindingAsync(EndToEndCluster.Account);
        await World.Client.RbacAuthorizationV1.DeleteClusterRoleBindingAsync(binding.Name());
        try
        {
            World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
            await World.UntilAsync(
                prometheus.FiringAsync, firing => firing.Contains("PrEnvReconcileErrors", StringComparer.Ordinal),
                "PrEnvReconcileErrors");
        }
        finally
        {
            binding.Metadata.ResourceVersion = null;
            binding.Metadata.Uid = null;
            await World.Client.RbacAuthorizationV1.CreateClusterRoleBindingAsync(binding);
        }
    }

    // As they are, with less patience: nobody waits a day for a test.
    private static JsonObject Rules()
    {
        var rule = Alerts.Rule;
        foreach (var alert in Alerts.Of(rule))
        {
            alert["for"] = "4s";
            alert["expr"] = ((string)alert["expr"]!)
                .Replace("> 86400", "> 5", StringComparison.Ordinal)
                .Replace("> 10", "> 3", StringComparison.Ordinal);
        }

        return rule["spec"]!.DeepClone().AsObject();
    }

    private string Resource(string name, string secret, string more) => World.Resource(name, more: more).Replace(
        "tokenSecretRef:", $"webhookSecretRef: {{name: {secret}}}\n    tokenSecretRef:", StringComparison.Ordinal);

    private async Task<ControllerProcess> StartAsync(params string[] flags)
    {
        Programs.Need("prometheus");
        World.WebhookAddress = AnyPort;
        World.MetricsAddress = AnyPort;
        await World.CreateSecretAsync(World.Namespace, "hook", Secret);
        var controller = World.StartController([.. Election, .. flags]);
        await World.ApplyAsync(Resource("shop", "hook", World.HealthCheck));
        await World.UntilMessageAsync("Ready");
        World.GitHub.AddWebhook(
            EndToEndWorld.Owner, EndToEndWorld.Repository,
            new Uri($"http://{await AddressAsync(controller, "webhook")}/webhooks/github"), Secret);
        return controller;
    }

    private async Task RequestAsync(params string[] names)
    {
        foreach (var name in names)
        {
            var patch = $$$$"""{"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"{{{{Guid.NewGuid()}}}}"}}}""";
            await World.PatchResourceAsync(name, patch);
        }
    }

    private async Task StealLeaseAsync()
    {
        var lease = await World.Client.CoordinationV1.ReadNamespacedLeaseAsync(Lease, EndToEndCluster.Namespace);
        lease.Spec.HolderIdentity = "someone-else";
        lease.Spec.LeaseDurationSeconds = 20;
        lease.Spec.RenewTime = TimeProvider.System.GetUtcNow().UtcDateTime;
        await World.Client.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, Lease, EndToEndCluster.Namespace);
    }

    // The port is the controller's choice.
    private async Task<string> AddressAsync(ControllerProcess controller, string endpoint)
    {
        var lines = await World.UntilAsync(
            () => EndToEndWorld.LogAsync(controller, $"The {endpoint} endpoint is listening"), lines => lines.Count > 0, endpoint);
        return Address().Match(lines[0]).Value;
    }

    [GeneratedRegex("127[.]0[.]0[.]1:[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
