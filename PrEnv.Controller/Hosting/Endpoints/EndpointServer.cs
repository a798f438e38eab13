using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Hosting.Endpoints;

/// <summary>
/// One listening address and what it serves. Each has its own Kestrel: none is reachable on another's port, each can be disabled, and
/// one that cannot bind names the option that is to blame.
/// </summary>
internal sealed class EndpointServer(EndpointDefinition definition, IServiceProvider services) : IHostedService, IAsyncDisposable
{
    private readonly ILogger<EndpointServer> _logger = services.GetRequiredService<ILogger<EndpointServer>>();
    private WebApplication? _app;

    /// <summary>Where it listens, once started; null when disabled.</summary>
    public Uri? Address { get; private set; }

    /// <exception cref="StartupException">The address cannot be bound.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<ControllerOptions>>().Value;
        var bind = definition.Address(options);
        if (bind.EndPoint is not { } endPoint)
            return;
        _app = Build(endPoint);
        definition.Map(_app);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            var why = OneLine.Of(failure.GetBaseException());
            var origin = services.GetRequiredService<OptionSources>().OriginOf(definition.Option);
            throw new StartupException(
                $"{origin}: cannot listen on {bind}: {why}. Use another address, or 0 to disable the endpoint.", failure);
        }

        var address = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        Address = new Uri(address);
        Log.Listening(_logger, definition.Title, address);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build(IPEndPoint endPoint)
    {
        // Empty: no appsettings.json, no ASPNETCORE_URLS, no logging of its own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(services.GetRequiredService<ILoggerFactory>());
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
                kestrel.ListenAnyIP(endPoint.Port);
            else
                kestrel.Listen(endPoint);
        });
        return builder.Build();
    }

    // The process handles signals itself; by default every host listens to them.
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>What an <see cref="EndpointServer"/> serves.</summary>
/// <param name="Title">For the log.</param>
/// <param name="Option">The option that holds the address, without dashes before it.</param>
/// <param name="Address">Reads it.</param>
/// <param name="Map">Adds the routes.</param>
internal sealed record EndpointDefinition(
    string Title, string Option, Func<ControllerOptions, BindAddress> Address, Action<IEndpointRouteBuilder> Map);
