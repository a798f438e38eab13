using System.CommandLine;
using System.CommandLine.Parsing;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.Endpoints;

namespace PrEnv.Sandbox.Commands;

/// <summary><c>prenv-sandbox github</c>: the double of GitHub until Ctrl+C.</summary>
internal static class GitHubCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port")
        {
            Description = "TCP port on 127.0.0.1; 0 for any free port.",
            DefaultValueFactory = _ => 4020,
        };
        var publicUrl = new Option<Uri?>("--public-url")
        {
            Description = "Base of the URLs in responses, if the server is behind a proxy.",
            CustomParser = ParseUrl,
        };
        var command = new Command(
            "github", $"Runs a stand-in for GitHub on loopback. It starts empty: populate it over HTTP under {AdminEndpoints.Root}/.")
        {
            port, publicUrl,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var options = new GitHubServerOptions { Port = arguments.GetValue(port), PublicBaseUrl = arguments.GetValue(publicUrl) };
            await using var server = await GitHubServer.StartAsync(options, cancellationToken);
            await arguments.InvocationConfiguration.Output.WriteLineAsync($"GitHub: {server.BaseUrl}");
            await Forever.UntilAsync(cancellationToken);
        });
        return command;
    }

    private static Uri? ParseUrl(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens.Single().Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        argument.AddError("--public-url must be an http or https URL.");
        return null;
    }
}
