using System.Buffers;
using System.Text.Json;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Releases;

/// <summary>Bodies of the requests that change HelmReleases. Each one with a UID changes that object or none.</summary>
internal static class ReleaseBodies
{
    private static readonly string[] OurLabels =
        [OwnerLabels.ManagedBy, OwnerLabels.Name, OwnerLabels.Namespace, OwnerLabels.Uid, OwnerLabels.PrNumber];

    /// <summary>Everything that the controller owns. Preconditions that are null are left out.</summary>
    public static ReadOnlyMemory<byte> Desired(DesiredRelease desired, string? uid = null, string? resourceVersion = null) => Write(body =>
    {
        WriteKind(body);
        WriteMetadata(body, desired.Key, uid, () =>
        {
            WriteOptional(body, "resourceVersion", resourceVersion);
            WriteMap(body, "labels", desired.Labels);
            WriteMap(body, "annotations", desired.Annotations);
        });
        body.WritePropertyName("spec");
        JsonSerializer.Serialize(body, desired.Spec, ResourceJson.Default.HelmReleaseSpec);
    });

    /// <summary>Server-side apply of one annotation that has a field manager of its own.</summary>
    public static ReadOnlyMemory<byte> Annotation(ResourceKey key, string uid, string name, string value) => Write(body =>
    {
        WriteKind(body);
        WriteMetadata(body, key, uid, () =>
        {
            body.WriteStartObject("annotations");
            body.WriteString(name, value);
            body.WriteEndObject();
        });
    });

    /// <summary>
    /// Merge patch: the three annotations with one value. See https://fluxcd.io/flux/components/helm/helmreleases/#forcing-a-release and
    /// https://fluxcd.io/flux/components/helm/helmreleases/#resetting-remediation-retries.
    /// </summary>
    public static ReadOnlyMemory<byte> Rebuild(ResourceKey key, string uid, string token) => Write(body =>
        WriteMetadata(body, key, uid, () =>
        {
            body.WriteStartObject("annotations");
            body.WriteString(PlannedAction.Rebuild.RequestedAtAnnotation, token);
            body.WriteString(PlannedAction.Rebuild.ForceAtAnnotation, token);
            body.WriteString(PlannedAction.Rebuild.ResetAtAnnotation, token);
            body.WriteEndObject();
        }));

    /// <summary>Merge patch: <c>suspend: false</c>.</summary>
    public static ReadOnlyMemory<byte> Unsuspend(ResourceKey key, string uid) => Write(body =>
    {
        WriteMetadata(body, key, uid, () => { });
        body.WriteStartObject("spec");
        body.WriteBoolean("suspend", false);
        body.WriteEndObject();
    });

    /// <summary>
    /// Merge patch: removes the owner labels. Applying without them would remove the spec too, because a field that its only manager no
    /// longer applies is removed.
    /// </summary>
    public static ReadOnlyMemory<byte> Orphan(ResourceKey key, string uid) => Write(body =>
        WriteMetadata(body, key, uid, () =>
        {
            body.WriteStartObject("labels");
            foreach (var label in OurLabels)
                body.WriteNull(label);

            body.WriteEndObject();
        }));

    /// <summary>Options of the deletion. HelmReleases have no dependents, so foreground deletion would have nothing to wait for.</summary>
    public static ReadOnlyMemory<byte> Delete(string uid, string version) => JsonSerializer.SerializeToUtf8Bytes(
        DeleteOptionsBody.For(uid, version.Length == 0 ? null : version), ApiJson.Default.DeleteOptionsBody);

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var body = new Utf8JsonWriter(buffer);
        body.WriteStartObject();
        content(body);
        body.WriteEndObject();
        body.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteKind(Utf8JsonWriter body)
    {
        body.WriteString("apiVersion", ApiResource.HelmReleases.ApiVersion);
        body.WriteString("kind", HelmRelease.Kind);
    }

    private static void WriteMetadata(Utf8JsonWriter body, ResourceKey key, string? uid, Action more)
    {
        body.WriteStartObject("metadata");
        body.WriteString("namespace", key.Namespace);
        body.WriteString("name", key.Name);
        WriteOptional(body, "uid", uid);
        more();
        body.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter body, string name, string? value)
    {
        if (value is not null)
            body.WriteString(name, value);
    }

    private static void WriteMap(Utf8JsonWriter body, string name, IEnumerable<KeyValuePair<string, string>> entries)
    {
        body.WriteStartObject(name);
        foreach (var (key, value) in entries)
            body.WriteString(key, value);

        body.WriteEndObject();
    }
}
