using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PrEnv.Tests.GitHub.Support;

/// <summary>What arrived.</summary>
internal sealed record ReceivedRequest(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>An HTTP server on loopback that gives the answers a test wants, however wrong.</summary>
internal sealed class ScriptedGitHub : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly WebApplication _app;

    private ScriptedGitHub(RequestDelegate answer)
    {
        Answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public Uri Url { get; private set; } = new("http://unstarted.invalid/");

    public RequestDelegate Answer { get; set; }

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public static async Task<ScriptedGitHub> StartAsync(RequestDelegate answer)
    {
        var server = new ScriptedGitHub(answer);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Url = new Uri(addresses.Addresses.Single() + "/");
        return server;
    }

    /// <summary>Completes once for each request that arrived.</summary>
    public Task ArrivedAsync() => _arrived.WaitAsync(TestContext.CurrentContext.CancellationToken);

    /// <summary>Forgets the requests, for a test that sends very many.</summary>
    public void Forget() => _requests.Clear();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var pathAndQuery = context.Request.GetEncodedPathAndQuery();
        _requests.Enqueue(new ReceivedRequest(context.Request.Method, pathAndQuery, headers, await reader.ReadToEndAsync()));
        _arrived.Release();
        await Answer(context);
    }
}
