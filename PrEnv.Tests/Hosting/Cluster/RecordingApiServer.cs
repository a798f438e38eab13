using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace PrEnv.Tests.Hosting.Cluster;

/// <summary>An API server over TLS that remembers who asked: headers and client certificates.</summary>
internal sealed class RecordingApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RecordingApiServer(WebApplication app) => _app = app;

    public ConcurrentQueue<(IHeaderDictionary Headers, string? Client)> Requests { get; } = new();

    /// <summary>This token is answered by 401.</summary>
    public string? Revoked { get; set; }

    public int Port => new Uri(_app.Urls.Single()).Port;

    public string Url => $"https://127.0.0.1:{Port}";

    public static async Task<RecordingApiServer> StartAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
            {
                https.ServerCertificate = certificate;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (_, _, _) => true;
            })));
        var app = builder.Build();
        var server = new RecordingApiServer(app);
        app.Run(async context =>
        {
            server.Requests.Enqueue((new HeaderDictionary(
                context.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase)),
                context.Connection.ClientCertificate?.Subject));
            if (server.Revoked is { } token && context.Request.Headers.Authorization == "Bearer " + token)
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync("{}");
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
