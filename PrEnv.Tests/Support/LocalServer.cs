using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PrEnv.Tests.Support;

/// <summary>An HTTP server of this process on a free port of a loopback address.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalServer(WebApplication app) => _app = app;

    /// <summary>Base of its URLs, with a trailing slash.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public int Port => Url.Port;

    /// <param name="answer">Handles every request.</param>
    /// <param name="address">Default 127.0.0.1.</param>
    /// <param name="certificate">Makes it speak TLS.</param>
    public static async Task<LocalServer> StartAsync(
        RequestDelegate answer, string address = "127.0.0.1", X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Parse(address),
            0,
            listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(certificate);
            }));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new LocalServer(app);
    }

    /// <summary>Answers everything with that code and no body.</summary>
    public static Task<LocalServer> StartAsync(int status, string address = "127.0.0.1") => StartAsync(
        context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        },
        address);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
