using System.Globalization;
using System.Text.Json.Nodes;

namespace PrEnv.Sandbox.Flux;

/// <summary>
/// Collects a change of a HelmRelease's status. Conditions keep their transition time while their status stays; those that are not touched
/// stay as they are. A condition that is written carries the generation that the object has at that moment, whatever generation was
/// attempted. See https://fluxcd.io/flux/components/helm/helmreleases/#conditions.
/// </summary>
internal sealed class StatusEditor(HelmReleaseObject release, DateTimeOffset now)
{
    private readonly JsonObject _fields = [];
    private readonly List<JsonObject> _conditions =
        [.. release.Status["conditions"]?.AsArray().Select(condition => condition!.DeepClone().AsObject()) ?? []];

    private bool _touched;

    /// <summary>A merge patch of the conditions, which replaces the list as a whole; null when they stay.</summary>
    public JsonObject? Conditions => _touched ? new JsonObject { ["conditions"] = new JsonArray([.. _conditions]) } : null;

    /// <summary>A merge patch of everything else; null when it stays.</summary>
    public JsonObject? Fields => _fields.Count > 0 ? _fields : null;

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public StatusEditor Set(string name, JsonNode? value)
    {
        if (!JsonNode.DeepEquals(release.Status[name], value))
            _fields[name] = value;
        return this;
    }

    public StatusEditor Condition(string type, string status, string reason, string message)
    {
        var before = Find(type);
        var since = before is not null && Text(before, "status") == status ? before["lastTransitionTime"]?.DeepClone() : Time(now);
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["reason"] = reason,
            ["message"] = message,
            ["observedGeneration"] = release.Generation,
            ["lastTransitionTime"] = since,
        };
        if (JsonNode.DeepEquals(before, condition))
            return this;
        Remove(type);
        _conditions.Add(condition);
        _touched = true;
        return this;
    }

    public StatusEditor Remove(string type)
    {
        _touched |= _conditions.RemoveAll(condition => Text(condition, "type") == type) > 0;
        return this;
    }

    /// <summary><c>Ready</c> becomes what <c>Released</c> says, and both speak of the generation that the object has by now.</summary>
    public StatusEditor Summarize()
    {
        if (Find("Released") is not { } released)
            return this;
        var (status, reason, message) = (Text(released, "status")!, Text(released, "reason")!, Text(released, "message")!);
        return Condition("Released", status, reason, message).Condition("Ready", status, reason, message);
    }

    /// <summary>helm-controller writes the generation that it attempted, and only once it became ready or was given up.</summary>
    public StatusEditor Observe(long generation) => Set("observedGeneration", generation);

    /// <summary>
    /// Answers the annotations that ask for something now, even when it failed: those that the reconcile began with. One that has come
    /// since is left to the next.
    /// </summary>
    public StatusEditor Echo(HelmReleaseObject asked)
    {
        EchoOne(asked, HelmReleaseObject.RequestedAt, "lastHandledReconcileAt");
        if (asked.Annotation(HelmReleaseObject.ResetAt) == asked.Annotation(HelmReleaseObject.RequestedAt))
            EchoOne(asked, HelmReleaseObject.ResetAt, "lastHandledResetAt");
        return EchoForce(asked);
    }

    /// <summary>Answers the annotation that asks for an upgrade, which is done when that begins.</summary>
    public StatusEditor EchoForce(HelmReleaseObject asked)
    {
        if (asked.Annotation(HelmReleaseObject.ForceAt) == asked.Annotation(HelmReleaseObject.RequestedAt))
            EchoOne(asked, HelmReleaseObject.ForceAt, "lastHandledForceAt");
        return this;
    }

    private JsonObject? Find(string type) => _conditions.Find(condition => Text(condition, "type") == type);

    private static string? Text(JsonObject condition, string name) => HelmReleaseObject.Text(condition[name]);

    private void EchoOne(HelmReleaseObject asked, string annotation, string field)
    {
        if (asked.Annotation(annotation) is { } value)
            Set(field, value);
    }
}
