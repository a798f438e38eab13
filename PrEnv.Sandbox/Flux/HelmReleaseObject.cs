using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace PrEnv.Sandbox.Flux;

/// <summary>A HelmRelease as the API server sent it, and what helm-controller reads of it.</summary>
internal sealed class HelmReleaseObject(JsonObject json)
{
    public const string Finalizer = "finalizers.fluxcd.io";

    public const string RequestedAt = "reconcile.fluxcd.io/requestedAt";
    public const string ForceAt = "reconcile.fluxcd.io/forceAt";
    public const string ResetAt = "reconcile.fluxcd.io/resetAt";

    /// <summary>helm-controller's default, when <c>spec.timeout</c> is not set.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    public ReleaseKey Key { get; } = new(Text(json["metadata"]?["namespace"]) ?? "", Text(json["metadata"]?["name"]) ?? "");

    public string Uid => Text(Metadata["uid"]) ?? "";

    public string ResourceVersion => Text(Metadata["resourceVersion"]) ?? "";

    public long Generation => Number(Metadata["generation"]) ?? 0;

    public bool IsDeleting => Metadata["deletionTimestamp"] is not null;

    public IReadOnlyList<string> Finalizers =>
        Metadata["finalizers"]?.AsArray().Select(entry => entry!.GetValue<string>()).ToArray() ?? [];

    public bool HasFinalizer => Finalizers.Contains(Finalizer, StringComparer.Ordinal);

    public bool IsSuspended => Spec["suspend"]?.GetValue<bool>() ?? false;

    public JsonObject Status => json["status"] as JsonObject ?? [];

    public JsonObject Spec => json["spec"] as JsonObject ?? [];

    public string TargetNamespace => Text(Spec["targetNamespace"]) ?? Key.Namespace;

    public string StorageNamespace => Text(Spec["storageNamespace"]) ?? Key.Namespace;

    /// <summary>Helm's name: given, or made of the target namespace and the name; at most 53 characters.</summary>
    public string ReleaseName
    {
        get
        {
            var full = Text(Spec["releaseName"])
                ?? (Text(Spec["targetNamespace"]) is { } target ? $"{target}-{Key.Name}" : Key.Name);
            return full.Length <= 53 ? full : $"{full[..40]}-{Digest(full)[..12]}";
        }
    }

    /// <summary>Where its source is; that of <c>chartRef</c> counts too.</summary>
    public string SourceNamespace =>
        Text(Spec["chart"]?["spec"]?["sourceRef"]?["namespace"]) ?? Text(Spec["chartRef"]?["namespace"]) ?? Key.Namespace;

    /// <summary>Spec of the HelmChart that Flux makes of it; null when it refers to a source by <c>chartRef</c>.</summary>
    public JsonObject? Chart
    {
        get
        {
            if (Spec["chart"]?["spec"]?.DeepClone() is not JsonObject chart)
                return null;
            chart["interval"] ??= Spec["interval"]?.DeepClone();
            (chart["sourceRef"] as JsonObject)?.Remove("namespace");
            return chart;
        }
    }

    /// <summary>Where that HelmChart is.</summary>
    public ReleaseKey ChartKey => new(SourceNamespace, $"{Key.Namespace}-{Key.Name}");

    /// <summary>The releases that have to be ready first.</summary>
    public IEnumerable<ReleaseKey> DependsOn => Spec["dependsOn"]?.AsArray()
        .Select(entry => new ReleaseKey(Text(entry?["namespace"]) ?? Key.Namespace, Text(entry?["name"]) ?? "")) ?? [];

    public string? ServiceAccountName => Text(Spec["serviceAccountName"]);

    /// <summary><c>enabled</c>, <c>warn</c>; null when drift is not looked for.</summary>
    public string? DriftDetection => Text(Spec["driftDetection"]?["mode"]) is { } mode and not "disabled" ? mode : null;

    public string ChartName => Text(Spec["chart"]?["spec"]?["chart"])?.Split('/')[^1] ?? Text(Spec["chartRef"]?["name"]) ?? "chart";

    public string ChartVersion => Text(Spec["chart"]?["spec"]?["version"]) ?? "0.0.0";

    /// <summary>Where the chart is in its source.</summary>
    public string ChartPath => Text(Spec["chart"]?["spec"]?["chart"]) ?? "";

    /// <summary>As JSON.</summary>
    public string Values => Spec["values"]?.ToJsonString() ?? "{}";

    public string ValuesDigest => "sha256:" + Digest(Values);

    /// <summary>A change of it makes Helm act.</summary>
    public string Fingerprint => Digest($"{ValuesDigest}\n{Spec["chart"]?.ToJsonString()}\n{Spec["chartRef"]?.ToJsonString()}");

    public int? PrNumber => (int?)Number(Spec["values"]?["prNumber"]);

    public string? PrSha => Text(Spec["values"]?["prSHA"]);

    public TimeSpan Timeout => GoDuration.Parse(Text(Spec["timeout"])) ?? DefaultTimeout;

    /// <summary>Ready as Flux itself asks for it of a dependency.</summary>
    public bool IsReady => ConditionStatus("Ready") == "True" && ObservedGeneration == Generation;

    public long ObservedGeneration => Number(Status["observedGeneration"]) ?? -1;

    public string? Annotation(string name) => Text(Metadata["annotations"]?[name]);

    /// <summary>A status field that is a string; null when absent or empty.</summary>
    public string? StatusText(string name) => Text(Status[name]) is { Length: > 0 } text ? text : null;

    public long StatusNumber(string name) => Number(Status[name]) ?? 0;

    /// <summary><c>True</c>, <c>False</c>, <c>Unknown</c>; null without that condition.</summary>
    public string? ConditionStatus(string type) => Text(Condition(type)?["status"]);

    /// <summary>Null without that condition.</summary>
    public string? ConditionReason(string type) => Text(Condition(type)?["reason"]);

    /// <summary>Null without that condition.</summary>
    public JsonNode? Condition(string type) =>
        Status["conditions"]?.AsArray().FirstOrDefault(condition => Text(condition?["type"]) == type);

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static long? Number(JsonNode? node) =>
        node is JsonValue value
        && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private JsonObject Metadata => json["metadata"] as JsonObject ?? [];
}
