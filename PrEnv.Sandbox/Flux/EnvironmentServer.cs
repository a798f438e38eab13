using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.Flux;

/// <summary>
/// The environments that the double of helm-controller has installed, over HTTP on loopback: 200 with the commit's SHA for one that runs,
/// 503 while it starts, 404 without one. They are addressed by path, <c>/pr/22</c> or <c>/NAMESPACE/pr/22</c>, or by a host name that has
/// <c>pr22</c> in it, such as <c>ephenvtestpr22.eastus.cloudapp.azure.com</c>. During an upgrade the old revision answers: 200, with its
/// own SHA.
/// </summary>
internal sealed partial class EnvironmentServer : IAsyncDisposable
{
    private readonly EnvironmentRegistry _environments;
    private readonly TimeProvider _time;
    private readonly ChangeSignal _changed = new();
    private ImmutableDictionary<int, EnvironmentBehaviour> _behaviours = ImmutableDictionary<int, EnvironmentBehaviour>.Empty;
    private ImmutableDictionary<int, int> _requests = ImmutableDictionary<int, int>.Empty;
    private long _startupTicks;
    private LoopbackHost? _host;

    private EnvironmentServer(EnvironmentRegistry environments, TimeProvider time)
    {
        _environments = environments;
        _time = time;
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri BaseUrl => _host!.BaseUrl;

    /// <summary>How long an environment answers 503 after an install or an upgrade.</summary>
    public TimeSpan StartupDelay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _startupTicks));
        set => Interlocked.Exchange(ref _startupTicks, value.Ticks);
    }

    /// <summary>Port 0 takes any free one.</summary>
    public static async Task<EnvironmentServer> StartAsync(
        EnvironmentRegistry environments, int port = 0, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var server = new EnvironmentServer(environments, time ?? TimeProvider.System);
        server._host = await LoopbackHost.StartAsync(port, app => app.Run(server.AnswerAsync), cancellationToken);
        return server;
    }

    /// <summary>From now on; <see cref="EnvironmentBehaviour.Healthy"/> makes it well again.</summary>
    public void Behave(int pullRequest, EnvironmentBehaviour behaviour) =>
        ImmutableInterlocked.AddOrUpdate(ref _behaviours, pullRequest, behaviour, (_, _) => behaviour);

    /// <summary>How often that pull request's environment was asked.</summary>
    public int Requests(int pullRequest) => Volatile.Read(ref _requests).GetValueOrDefault(pullRequest);

    /// <summary>Completes once the condition holds. It is looked at with every request.</summary>
    public Task UntilAsync(Func<EnvironmentServer, bool> condition, CancellationToken cancellationToken) =>
        _changed.UntilAsync(() => condition(this), cancellationToken);

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext context)
    {
        if (Address(context.Request) is not var (number, ns))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        ImmutableInterlocked.AddOrUpdate(ref _requests, number, 1, (_, count) => count + 1);
        _changed.Pulse();
        // Taken before any delay: the answer is that of the moment of the request.
        var environment = _environments.FindByPullRequest(number, ns);
        var behaviour = Volatile.Read(ref _behaviours).GetValueOrDefault(number, EnvironmentBehaviour.Healthy);
        if (behaviour.Delay != TimeSpan.Zero)
            await Task.Delay(behaviour.Delay, _time, context.RequestAborted);
        if (environment is null)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (_time.GetUtcNow() - environment.InstalledAt < StartupDelay)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else if (behaviour.RedirectTo is { } target)
            context.Response.Redirect(target.AbsoluteUri);
        else
            await AnswerAsync(context, environment, behaviour);
    }

    private static async Task AnswerAsync(HttpContext context, InstalledEnvironment environment, EnvironmentBehaviour behaviour)
    {
        context.Response.StatusCode = behaviour.Status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        var body = Encoding.UTF8.GetBytes((environment.PrSha ?? "") + "\n");
        do
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
        while (behaviour.EndlessBody && !context.RequestAborted.IsCancellationRequested);
    }

    /// <summary>By path first: a host name may say <c>pr</c> by accident.</summary>
    private static (int Number, string? Namespace)? Address(HttpRequest request)
    {
        var match = ByPath().Match(request.Path.Value ?? "");
        if (!match.Success)
            match = ByHost().Match(request.Host.Host);
        if (!match.Success || !int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return (number, match.Groups["namespace"] is { Success: true, Value: var ns } ? ns : null);
    }

    [GeneratedRegex(
        "^(/(?<namespace>[a-z0-9-]+))?/pr/(?<number>[0-9]+)(/|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ByPath();

    [GeneratedRegex(
        "pr-?(?<number>[0-9]+)(?![0-9a-z])", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ByHost();
}
