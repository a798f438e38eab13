using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Commands;

/// <summary>What a command sees: an API server with a few objects, over HTTP, and GitHub.</summary>
internal sealed class CliWorld : IAsyncDisposable
{
    private const string ListKind = "/prephemeralenvcontrollers";

    private readonly TemporaryDirectory _folder = new();
    private LocalServer _server = null!;

    private CliWorld(GitHubServer github) => GitHub = github;

    public GitHubServer GitHub { get; }

    public ConcurrentDictionary<string, PREphemeralEnvController> Resources { get; } = new(StringComparer.Ordinal);

    public List<HelmRelease> Releases { get; } = [];

    /// <summary>May HelmReleases be listed?</summary>
    public bool MayListReleases { get; set; } = true;

    /// <summary>Is the API server away?</summary>
    public bool IsAway { get; set; }

    /// <summary>What is done with a resource whose annotation is written.</summary>
    public Func<PREphemeralEnvController, PREphemeralEnvController> OnRequest { get; set; } = resource => resource;

    /// <summary>What a watch of resources is sent; each ends one.</summary>
    public System.Threading.Channels.Channel<string> Watched { get; } = System.Threading.Channels.Channel.CreateUnbounded<string>();

    /// <param name="time">GitHub's clock; default: the real one.</param>
    public static async Task<CliWorld> StartAsync(TimeProvider? time = null)
    {
        var world = new CliWorld(await GitHubServer.StartAsync(new GitHubServerOptions { TimeProvider = time ?? TimeProvider.System }));
        world.GitHub.CreateRepository("octo", "app");
        world.GitHub.AddToken("t");
        world.GitHub.Grant("t", "octo", "app");
        world._server = await LocalServer.StartAsync(world.AnswerAsync);
        return world;
    }

    /// <summary>A resource on octo/app with these rows.</summary>
    public PREphemeralEnvController Add(string name, params EnvironmentStatus[] rows)
    {
        var some = Some.Resource();
        return Resources[name] = some with
        {
            Metadata = some.Metadata with { Name = name, Uid = "uid-" + name },
            Status = some.Status! with { Environments = rows, OpenPullRequests = rows.Length, EnvironmentsTotal = rows.Length },
        };
    }

    public Task<CliResult> RunAsync(params string[] args) => Cli.RunAsync(Arguments(args));

    /// <summary>With what leads to this world.</summary>
    public string[] Arguments(params string[] args) =>
    [
        .. args, "--kubeconfig", Kubeconfig(),
        .. args[0] is "plan" or "why" ? (string[])["--github-api-url", GitHub.BaseUrl.AbsoluteUri] : [],
    ];

    public async ValueTask DisposeAsync()
    {
        Watched.Writer.TryComplete();
        await _server.DisposeAsync();
        await GitHub.DisposeAsync();
        _folder.Dispose();
    }

    private string Kubeconfig() => _folder.Write("config", $$"""
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - name: here
          context: {cluster: here, user: me}
        clusters:
        - name: here
          cluster:
            server: {{_server.Url}}
        users:
        - name: me
          user: {token: t}
        """);

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (IsAway)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else if (context.Request.Query.ContainsKey("sendInitialEvents"))
            await RefuseAsync(context, 422, "Invalid", "sendInitialEvents: Forbidden: it is disabled");
        else if (path.EndsWith(ListKind, StringComparison.Ordinal) && context.Request.Query.ContainsKey("watch"))
            await WatchAsync(context);
        else if (path.EndsWith(ListKind, StringComparison.Ordinal))
            await ListAsync(context, Resources.Values.Select(r => Node(r)));
        else if (path.EndsWith("/helmreleases", StringComparison.Ordinal) && !MayListReleases)
            await RefuseAsync(context, 403, "Forbidden", "helmreleases is forbidden");
        else if (path.EndsWith("/helmreleases", StringComparison.Ordinal))
            await ListAsync(context, Releases.Select(r => Node(r)));
        else if (path.Contains("/secrets/", StringComparison.Ordinal))
            await WriteAsync(context, new JsonObject { ["data"] = new JsonObject { ["token"] = Convert.ToBase64String("t"u8) } });
        else if (!Resources.TryGetValue(path.Split('/')[^1], out var found))
            await RefuseAsync(context, 404, "NotFound", "there is none");
        else
            await WriteAsync(context, Node(HttpMethods.IsPatch(context.Request.Method) ? await PatchAsync(context, found) : found));
    }

    private async Task<PREphemeralEnvController> PatchAsync(HttpContext context, PREphemeralEnvController found)
    {
        var patch = (await JsonNode.ParseAsync(context.Request.Body))!;
        var annotations = patch["metadata"]?["annotations"]?.AsObject()
            .ToDictionary(a => a.Key, a => (string)a.Value!, StringComparer.Ordinal);
        var patched = found with { Metadata = found.Metadata with { Annotations = annotations?.ToImmutableDictionary() } };
        return Resources[found.Metadata.Name] = OnRequest(patched);
    }

    private async Task WatchAsync(HttpContext context)
    {
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        try
        {
            await context.Response.WriteAsync(await Watched.Reader.ReadAsync(context.RequestAborted) + "\n", context.RequestAborted);
        }
        catch (Exception over) when (over is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            // The end of the watch.
        }
    }

    private static Task ListAsync(HttpContext context, IEnumerable<JsonNode?> items) => WriteAsync(context, new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = "7" },
        ["items"] = new JsonArray([.. items]),
    });

    private static Task RefuseAsync(HttpContext context, int code, string reason, string message)
    {
        context.Response.StatusCode = code;
        return WriteAsync(context, new JsonObject
        {
            ["kind"] = "Status",
            ["code"] = code,
            ["reason"] = reason,
            ["message"] = message,
            ["details"] = new JsonObject { ["kind"] = "prephemeralenvcontrollers" },
        });
    }

    private static Task WriteAsync(HttpContext context, JsonNode? body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body!.ToJsonString(), Encoding.UTF8, context.RequestAborted);
    }

    private static JsonNode? Node(PREphemeralEnvController resource) =>
        JsonSerializer.SerializeToNode(resource, ResourceJson.Default.PREphemeralEnvController);

    private static JsonNode? Node(HelmRelease release) => JsonSerializer.SerializeToNode(release, ResourceJson.Default.HelmRelease);
}
