using System.Collections.Concurrent;
using System.Net;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PrEnv.Tests.FaultProxy;

/// <summary>
/// Stands between a client that reads and a real API server, and answers as bad networks and busy servers do. It speaks plain HTTP/1.1 to
/// the client, and TLS to the server with the rights of the kubeconfig. What TCP and TLS rule out, such as bytes that come twice, happens
/// to lines.
/// </summary>
internal sealed class HttpFaultProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly k8s.Kubernetes _server;
    private readonly FaultPlan _plan;
    private readonly CancellationTokenSource _stop = new();

    private HttpFaultProxy(WebApplication app, k8s.Kubernetes server, FaultPlan plan)
    {
        _app = app;
        _server = server;
        _plan = plan;
    }

    /// <summary>How many requests of each kind there were.</summary>
    public ConcurrentDictionary<string, int> Requests { get; } = new(StringComparer.Ordinal);

    public static async Task<HttpFaultProxy> StartAsync(string kubeconfigPath, FaultPlan plan)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath));
        var proxy = new HttpFaultProxy(app, server, plan);
        app.Run(proxy.ForwardAsync);
        await app.StartAsync();
        return proxy;
    }

    public KubernetesClientConfiguration Configuration() => new() { Host = _app.Urls.Single() };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.StopAsync(_stop.Token);
        await _app.DisposeAsync();
        _server.Dispose();
        _stop.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var isWatch = context.Request.Query.ContainsKey("watch");
        Requests.AddOrUpdate(Kind(context.Request.Query, isWatch), 1, (_, count) => count + 1);
        if (_plan.TakeRefusal() is { } refusal)
        {
            await RefuseAsync(context.Response, refusal);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
        try
        {
            using var answer = await OpenAsync(context.Request, either.Token);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = "application/json";
            await using var body = await answer.Content.ReadAsStreamAsync(either.Token);
            await new FaultyStream(context, _plan, isWatch && answer.IsSuccessStatusCode).CopyAsync(body, either.Token);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or HttpRequestException)
        {
            // The client left, or the server did: the client is told as the network would tell it.
            context.Abort();
        }
    }

    private static string Kind(IQueryCollection query, bool isWatch) =>
        query.ContainsKey("sendInitialEvents") ? "streaming list"
        : isWatch ? "watch"
        : query.ContainsKey("continue") ? "next page"
        : "list";

    private async Task<HttpResponseMessage> OpenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(
            new HttpMethod(request.Method), new Uri(_server.BaseUri, request.Path + request.QueryString))
        {
            Version = HttpVersion.Version20,
        };
        if (_server.Credentials is { } credentials)
            await credentials.ProcessHttpRequestAsync(message, cancellationToken);
        return await _server.HttpClient.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private Task RefuseAsync(HttpResponse response, Fault refusal)
    {
        _plan.Done(refusal);
        var (code, reason) = refusal.Kind switch
        {
            FaultKind.RefuseExpired => (410, "Expired"),
            FaultKind.RefuseBusy => (429, "TooManyRequests"),
            _ => (503, "ServiceUnavailable"),
        };
        response.StatusCode = code;
        response.ContentType = "application/json";
        if (refusal.Seconds is { } seconds && code != 410)
            response.Headers.RetryAfter = $"{seconds}";
        return response.WriteAsync(
            $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"not now","reason":"{{reason}}","code":{{code}}}""");
    }
}
