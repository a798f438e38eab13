using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using k8s.Autorest;

namespace PrEnv.Sandbox.Flux;

/// <summary>
/// The HelmCharts that Flux makes of HelmReleases, <c>NAMESPACE-NAME</c> beside the source, and what source-controller says of them. A
/// chart is packaged after a while, or its HelmChart says why it cannot be; the release itself never does.
/// </summary>
internal sealed class HelmCharts(HelmReleaseApi api, ReleaseScripts scripts, HelmControllerOptions options)
{
    private const string Packaged = "ChartPackageSucceeded";
    private readonly ConcurrentDictionary<ReleaseKey, Made> _made = new();

    /// <summary>Makes the HelmChart, or brings it up to date.</summary>
    public async Task EnsureAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        if (options.ChartDuration is null || release.Chart is not { } chart || IsMade(release))
            return;
        var generation = await WriteAsync(release.ChartKey, chart, cancellationToken);
        _made[release.Key] = new Made(chart.ToJsonString(), generation, Due: null, Told: null);
    }

    /// <summary>How long until another look is worth it; null once the chart is there.</summary>
    public async Task<TimeSpan?> WaitForAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        var fault = scripts.Of(release.Key.Name).ChartFault ?? options.Helm.FaultOf(release);
        if (_made.TryGetValue(release.Key, out var made))
        {
            if (Left(release.Key, made) is { } left)
                return left;
            await TellAsync(release, made, fault, cancellationToken);
        }

        return fault is null ? null : options.RetryDelay;
    }

    public async Task DeleteAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        _made.TryRemove(release.Key, out _);
        if (options.ChartDuration is not null && release.Chart is not null)
            await api.DeleteChartAsync(release.ChartKey, cancellationToken);
    }

    private bool IsMade(HelmReleaseObject release) =>
        _made.TryGetValue(release.Key, out var made) && made.Template == release.Chart!.ToJsonString();

    /// <summary>However quick source-controller is: at the first look a new HelmChart is never ready.</summary>
    private TimeSpan? Left(ReleaseKey key, Made made)
    {
        var now = options.TimeProvider.GetUtcNow();
        if (made.Due is { } due)
            return due > now ? due - now : null;
        _made[key] = made with { Due = now + options.ChartDuration!.Value };
        return options.ChartDuration;
    }

    private async Task<long> WriteAsync(ReleaseKey key, JsonObject spec, CancellationToken cancellationToken)
    {
        try
        {
            return await api.CreateChartAsync(key, spec, cancellationToken);
        }
        catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.Conflict)
        {
            return await api.PatchChartAsync(key, "", new JsonObject { ["spec"] = spec.DeepClone() }, cancellationToken);
        }
        catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Flux brings the namespace of its sources along.
            await api.CreateNamespaceAsync(key.Namespace, cancellationToken);
            return await api.CreateChartAsync(key, spec, cancellationToken);
        }
    }

    private async Task TellAsync(HelmReleaseObject release, Made made, ChartFault? fault, CancellationToken cancellationToken)
    {
        var told = fault?.Reason ?? Packaged;
        if (made.Told == told)
            return;
        var patch = new JsonObject { ["status"] = Status(release, made, fault) };
        await api.PatchChartAsync(release.ChartKey, "/status", patch, cancellationToken);
        _made[release.Key] = made with { Told = told };
    }

    private JsonObject Status(HelmReleaseObject release, Made made, ChartFault? fault)
    {
        var conditions = new JsonArray();
        if (fault is null)
        {
            var message = $"packaged '{release.ChartName}' chart with version '{release.ChartVersion}'";
            Add("Ready", "True", Packaged, message);
            Add("ArtifactInStorage", "True", Packaged, message);
        }
        else
        {
            Add("Ready", "False", fault.Reason, fault.Message);
            Add("FetchFailed", "True", fault.Reason, fault.Message);
            if (fault.IsFinal)
                Add("Stalled", "True", fault.Reason, fault.Message);
            else
                Add("Reconciling", "True", "ProgressingWithRetry", "building artifact");
        }

        var status = new JsonObject { ["conditions"] = conditions };
        if (fault is null or { IsFinal: true })
            status["observedGeneration"] = made.Generation;
        return status;

        void Add(string type, string state, string reason, string message) => conditions.Add((JsonNode)new JsonObject
        {
            ["type"] = type,
            ["status"] = state,
            ["reason"] = reason,
            ["message"] = message,
            ["observedGeneration"] = made.Generation,
            ["lastTransitionTime"] = StatusEditor.Time(options.TimeProvider.GetUtcNow()),
        });
    }

    /// <summary>A HelmChart.</summary>
    /// <param name="Template">Of what it was made.</param>
    /// <param name="Generation">The HelmChart's.</param>
    /// <param name="Due">When source-controller is done with it; null before the first look.</param>
    /// <param name="Told">Reason that its <c>Ready</c> carries; null before it has any.</param>
    private sealed record Made(string Template, long Generation, DateTimeOffset? Due, string? Told);
}
