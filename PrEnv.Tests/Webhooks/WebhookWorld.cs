using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Webhooks;
using PrEnv.Core.Informers;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Sandbox.GitHub.Hooks;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Webhooks;

/// <summary>The endpoint on a real server, and whoever sends to it.</summary>
internal sealed class WebhookWorld : IAsyncDisposable
{
    public const string Secret = "hook-s3cret";

    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(8);

    private readonly HttpClient _http = new();
    private readonly BodyReader _bodies;
    private readonly DeliveryLog _log;
    private readonly WebApplication _app;

    private WebhookWorld()
    {
        Secrets.Setup(s => s.ReadAsync("default", "hook", "token", It.IsAny<CancellationToken>())).ReturnsAsync(
            new SecretReading(Secret, null));
        Waker.Setup(w => w.PullRequestChanged(It.IsAny<ResourceKey>(), It.IsAny<int>(), It.IsAny<ExpectedPullRequest?>()))
            .Callback((ResourceKey key, int number, ExpectedPullRequest? expected) =>
            {
                Woken.Add((key, number));
                Expected.Add(expected);
            });
        Waker.Setup(w => w.CheckChanged(It.IsAny<ResourceKey>(), It.IsAny<CheckNews>()))
            .Callback((ResourceKey key, CheckNews news) => News.Add((key.Name, news)));
        MergeGroups.Setup(m => m.Note(It.IsAny<ResourceKey>(), It.IsAny<MergeGroupNews>()))
            .Callback((ResourceKey key, MergeGroupNews news) => Groups.Add((key.Name, news)));
        _bodies = new BodyReader(BodyTimeout, Time);
        _log = new DeliveryLog(Time);
        Deliveries = new WebhookMetrics(Metrics, Time);
        var receivers = new WebhookReceivers(
            Resources, () => IsReady, new CheckedSpecs(new ControllerSettings(), Time),
            new WebhookSecrets(Secrets.Object, Time, NullLogger<WebhookSecrets>.Instance));
        var endpoint = new WebhookEndpoint(
            _bodies, receivers, _log, Waker.Object, MergeGroups.Object, Deliveries,
            NullLogger<WebhookEndpoint>.Instance);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        endpoint.Map(_app);
    }

    public FakeTimeProvider Time { get; } = new();

    public MetricsRegistry Metrics { get; } = new();

    public WebhookMetrics Deliveries { get; }

    public Mock<ISecretReader> Secrets { get; } = new();

    public Mock<IResourceWaker> Waker { get; } = new();

    public Mock<IMergeGroupNotes> MergeGroups { get; } = new();

    /// <summary>Which merge groups who was told of, in order.</summary>
    public List<(string Resource, MergeGroupNews News)> Groups { get; } = [];

    /// <summary>What the deliveries said that GitHub would show.</summary>
    public ConcurrentBag<ExpectedPullRequest?> Expected { get; } = [];

    public Store<PREphemeralEnvController> Resources { get; } = new(WebhookReceivers.Indexes);

    public bool IsReady { get; set; } = true;

    /// <summary>Of the last answer.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Who was woken, in order.</summary>
    public List<(ResourceKey Key, int Number)> Woken { get; } = [];

    /// <summary>Which checks who was told of, in order.</summary>
    public List<(string Resource, CheckNews News)> News { get; } = [];

    public Uri Url => new(new Uri(_app.Urls.First()), WebhookEndpoint.Path);

    public static async Task<WebhookWorld> StartAsync()
    {
        var world = new WebhookWorld();
        world.Add(Some.Key.Name, "hook");
        await world._app.StartAsync();
        return world;
    }

    /// <summary>A resource on octo/app; null: without a webhook.</summary>
    public void Add(string name, string? secret, string repository = "app", params string[] checks)
    {
        var some = Some.Resource();
        Resources.Upsert(some with
        {
            Metadata = some.Metadata with { Name = name },
            Spec = some.Spec with
            {
                WaitFor = new WaitFor { Checks = checks },
                GitHubPRRepository = some.Spec.GitHubPRRepository! with
                {
                    Repo = repository,
                    WebhookSecretRef = secret is null ? null : new SecretKeyReference { Name = secret },
                },
            },
        });
    }

    public static string Body(int number = 22, string repository = "octo/app") =>
        $$$"""{"action":"synchronize","repository":{"full_name":"{{{repository}}}"},"pull_request":{"number":{{{number}}}}}""";

    /// <summary>A delivery as GitHub makes it, for tests to spoil.</summary>
    public HttpRequestMessage Delivery(string? body = null, string @event = "pull_request", string secret = Secret, Guid? id = null) =>
        WebhookSender.Request(new Webhook("octo/app", Url, secret), @event, id ?? Guid.NewGuid(), Encoding.UTF8.GetBytes(body ?? Body()));

    public async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            RetryAfter = response.Headers.RetryAfter?.Delta;
            return (response.StatusCode, (await response.Content.ReadAsStringAsync()).TrimEnd());
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _bodies.Dispose();
    }
}
