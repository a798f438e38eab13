using Microsoft.AspNetCore.Http;
using PrEnv.Controller.GitHub.Access;

namespace PrEnv.Tests.GitHub.Support;

/// <summary>The adapters and a scripted server.</summary>
internal sealed class GitHubHarness : GitHubClientHost
{
    private GitHubHarness(ScriptedGitHub server, GitHubClientOptions? options)
        : base(server.Url, options) =>
        Server = server;

    public ScriptedGitHub Server { get; }

    public static async Task<GitHubHarness> StartAsync(RequestDelegate answer, GitHubClientOptions? options = null) =>
        new(await ScriptedGitHub.StartAsync(answer), options);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }
}
