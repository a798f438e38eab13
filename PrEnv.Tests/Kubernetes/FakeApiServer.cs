using System.Collections.Concurrent;
using System.Net;
using System.Text;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PrEnv.Controller.Kubernetes.Client;

namespace PrEnv.Tests.Kubernetes;

/// <summary>What the server was asked.</summary>
internal sealed record SeenRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, string ContentType, string Body);

/// <summary>A server on loopback that answers what a test tells it to: faults travel over real HTTP.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeApiServer(WebApplication app) => _app = app;

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public string Host => _app.Urls.Single();

    public static async Task<FakeApiServer> StartAsync(Func<HttpContext, SeenRequest, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new FakeApiServer(app);
        app.Run(async context =>
        {
            var seen = await ReadAsync(context.Request);
            server.Requests.Enqueue(seen);
            await answer(context, seen);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>A server whose answers are given one after the other.</summary>
    public static Task<FakeApiServer> StartAsync(params (int Code, string Body)[] answers)
    {
        var left = new ConcurrentQueue<(int Code, string Body)>(answers);
        return StartAsync((context, _) =>
        {
            var (code, body) = left.TryDequeue(out var next) ? next : (500, "");
            context.Response.StatusCode = code;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(body);
        });
    }

    public RawKubernetes Client(TimeProvider? time = null) =>
        new(new KubernetesClientConfiguration { Host = Host }, time ?? TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        // A handler that still waits for its client must not hold up the end of the test.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static async Task<SeenRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return new SeenRequest(
            request.Method,
            request.Path.Value!,
            request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal),
            request.ContentType ?? "",
            await reader.ReadToEndAsync());
    }
}

internal static class FakeApiServerExtensions
{
    /// <summary>The verbs in order.</summary>
    public static string Verbs(this IEnumerable<SeenRequest> requests) => string.Join(' ', requests.Select(r => r.Method));

    /// <summary>Never answers.</summary>
    public static Task UntilItsClientLeaves(this HttpContext context)
    {
        var left = new TaskCompletionSource();
        context.RequestAborted.Register(() => left.TrySetResult());
        return left.Task;
    }
}
