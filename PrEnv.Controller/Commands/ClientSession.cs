using System.CommandLine;
using PrEnv.Controller.Client;
using PrEnv.Controller.Composition;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Controller.Startup;
using PrEnv.Controller.Terminal;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Commands;

/// <summary>What a command for people works with.</summary>
internal sealed class ClientSession
{
    private readonly IServiceProvider _services;
    private readonly string? _namespace;

    private ClientSession(IServiceProvider services, Screen screen, string? @namespace) =>
        (_services, Screen, _namespace) = (services, screen, @namespace);

    public Screen Screen { get; }

    /// <summary>What <c>-n</c> says, else the context's.</summary>
    public string Namespace => _namespace
        ?? (Get<ClusterConnection>().Configuration.Namespace is { Length: > 0 } contexts ? contexts : "default");

    public ResourceClient Resources => Get<ResourceClient>();

    public Investigation Investigation => Get<Investigation>();

    public DateTimeOffset Now => Get<TimeProvider>().GetUtcNow();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The resource of that name, which must exist.</summary>
    public async Task<PREphemeralEnvController> FindAsync(string name, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(Namespace, name);
        return await Resources.FindAsync(key, cancellationToken)
            ?? throw new StartupException($"There is no resource {key}. 'prenv get -A' lists all of them.");
    }

    /// <summary>Runs a command; what the API server refuses becomes a sentence.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The shared options.</param>
    /// <param name="surroundings">Where the process runs.</param>
    /// <param name="mayWrite">False: nothing that changes anything is sent.</param>
    /// <param name="work">The command.</param>
    public static async Task<int> RunAsync(
        ParseResult parsed, ClientOptions options, Surroundings surroundings, bool mayWrite, Func<ClientSession, Task<int>> work)
    {
        var configuration = parsed.InvocationConfiguration;
        var screen = Screen.Of(configuration.Output, configuration.Error, surroundings);
        var written = parsed.GetResult(options.Namespace) is { Implicit: false } ? parsed.GetValue(options.Namespace) : null;
        if (written is { Length: 0 })
            throw new StartupException("--namespace: name one.");
        using var host = ClientHost.Create(options.Flags.Read(parsed), surroundings, mayWrite);
        try
        {
            var code = await work(new ClientSession(host.Services, screen, written));
            await screen.Output.FlushAsync();
            return code;
        }
        catch (ApiStatusException failure)
        {
            await screen.Output.FlushAsync();
            throw ClientFailures.Of(failure);
        }
    }

    /// <summary>A sentence beside the output, which programs read.</summary>
    public async Task NoteAsync(string sentence)
    {
        await Screen.Output.FlushAsync();
        await Screen.Error.WriteLineAsync("prenv: " + TerminalText.Clean(sentence));
    }
}
