using System.Globalization;
using System.Text.Json.Nodes;

namespace PrEnv.Sandbox.Flux;

/// <summary>
/// Collects one patch of a HelmRelease's status. Conditions keep their transition time while their status stays; those that are not
/// touched stay as they are. See https://fluxcd.io/flux/components/helm/helmreleases/#conditions.
/// </summary>
internal sealed class StatusEditor(HelmReleaseObject release, DateTimeOffset now)
{
    private readonly JsonObject _patch = [];
    private readonly List<JsonObject> _conditions =
        [.. release.Status["conditions"]?.AsArray().Select(condition => condition!.DeepClone().AsObject()) ?? []];

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public StatusEditor Set(string name, JsonNode? value)
    {
        _patch[name] = value;
        return this;
    }

    public StatusEditor Condition(string type, string status, string reason, string message)
    {
        var before = _conditions.Find(condition => HelmReleaseObject.Text(condition["type"]) == type);
        var since = before is not null && HelmReleaseObject.Text(before["status"]) == status
            ? before["lastTransitionTime"]!.DeepClone()
            : Time(now);
        Remove(type);
        _conditions.Add(new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["reason"] = reason,
            ["message"] = message,
            ["observedGeneration"] = release.Generation,
            ["lastTransitionTime"] = since,
        });
        return this;
    }

    public StatusEditor Remove(string type)
    {
        _conditions.RemoveAll(condition => HelmReleaseObject.Text(condition["type"]) == type);
        return this;
    }

    /// <summary>helm-controller writes the generation only when it became ready or stalled.</summary>
    public StatusEditor Observe() => Set("observedGeneration", release.Generation);

    /// <summary>Answers the annotations that ask for something now, even when it failed.</summary>
    public StatusEditor Echo()
    {
        EchoOne(HelmReleaseObject.RequestedAt, "lastHandledReconcileAt");
        if (release.Annotation(HelmReleaseObject.ForceAt) == release.Annotation(HelmReleaseObject.RequestedAt))
            EchoOne(HelmReleaseObject.ForceAt, "lastHandledForceAt");
        if (release.Annotation(HelmReleaseObject.ResetAt) == release.Annotation(HelmReleaseObject.RequestedAt))
            EchoOne(HelmReleaseObject.ResetAt, "lastHandledResetAt");
        return this;
    }

    public JsonObject Build()
    {
        // A merge patch replaces a list as a whole.
        _patch["conditions"] = new JsonArray([.. _conditions]);
        return _patch;
    }

    private void EchoOne(string annotation, string field)
    {
        if (release.Annotation(annotation) is { } asked)
            Set(field, asked);
    }
}
