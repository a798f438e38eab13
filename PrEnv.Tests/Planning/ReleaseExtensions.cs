using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning;

/// <summary>HelmReleases in states that Flux, people and other controllers bring them into.</summary>
internal static class ReleaseExtensions
{
    public static HelmRelease Meta(this HelmRelease release, Func<ObjectMeta, ObjectMeta> change) =>
        release with { Metadata = change(release.Metadata) };

    /// <summary>A field of the spec, by its path; null takes it away.</summary>
    public static HelmRelease Set(this HelmRelease release, string path, object? value) =>
        release with { Spec = release.Spec.With(path, value) };

    /// <summary>A field, by its path; null takes it away.</summary>
    public static HelmReleaseSpec With(this HelmReleaseSpec spec, string path, object? value)
    {
        var root = JsonNode.Parse(spec.Json)!.AsObject();
        var (parent, steps) = (root, path.Split('.'));
        foreach (var step in steps[..^1])
        {
            if (parent[step] is not JsonObject)
                parent[step] = new JsonObject();
            parent = parent[step]!.AsObject();
        }

        parent.Remove(steps[^1]);
        if (value is not null)
            parent[steps[^1]] = JsonSerializer.SerializeToNode(value);
        return Spec(root.ToJsonString());
    }

    public static HelmReleaseSpec Spec(string json) => new(Encoding.UTF8.GetBytes(json));

    public static HelmRelease Chart(this HelmRelease release, string field, string? value) => release.Set("chart.spec." + field, value);

    /// <summary>Goes in as it stands: it may be what no string can hold.</summary>
    public static HelmRelease Values(this HelmRelease release, string json)
    {
        var others = Encoding.UTF8.GetString(release.Spec.With("values", null).Json);
        return release with { Spec = Spec($"{others[..^1]}{(others.Length > 2 ? "," : "")}\"values\":{json}}}") };
    }

    /// <summary>Somebody changed the spec: what Flux said before is of an older generation.</summary>
    public static HelmRelease NextGeneration(this HelmRelease release) => release.Meta(m => m with { Generation = m.Generation + 1 });

    public static HelmRelease Label(this HelmRelease release, string name, string? value) =>
        release.Meta(m => m with { Labels = Changed(m.Labels, name, value) });

    public static HelmRelease Annotation(this HelmRelease release, string name, string? value) =>
        release.Meta(m => m with { Annotations = Changed(m.Annotations, name, value) });

    public static HelmRelease Deleting(this HelmRelease release) => release.Meta(m => m with { DeletionTimestamp = World.Noon });

    public static HelmRelease In(this HelmRelease release, string @namespace) =>
        release.Meta(m => m with { Namespace = @namespace, Uid = m.Uid + "-" + @namespace });

    public static HelmRelease Suspended(this HelmRelease release) => release.Set("suspend", true);

    /// <summary>Another resource of PrEnv has it.</summary>
    public static HelmRelease OfAnother(this HelmRelease release) =>
        release.Label(OwnerLabels.Name, "other").Label(OwnerLabels.Namespace, "team-b").Label(OwnerLabels.Uid, "uid-other");

    /// <summary>As the Go predecessor made it: a name, a chart and two values; no labels, no annotations, no releaseName.</summary>
    public static HelmRelease OfPredecessor(this HelmRelease release) =>
        release.Meta(m => m with { Labels = null, Annotations = null }).Set("releaseName", null);

    /// <summary>The resource came back from a backup, or was made again: the release has the UID of the one before.</summary>
    public static HelmRelease OfTheOneBefore(this HelmRelease release) => release.Label(OwnerLabels.Uid, "uid-before");

    /// <summary>As an admission policy made it of what was applied, which is noted on it.</summary>
    public static HelmRelease Overridden(this HelmRelease release, Func<HelmRelease, HelmRelease> policy)
    {
        var (meta, applied) = (release.Metadata, policy(release));
        var desired = new DesiredRelease
        {
            Key = meta.Key,
            Labels = meta.Labels!,
            Annotations = meta.Annotations!,
            Spec = release.Spec,
        };
        return applied.Annotation(OwnerLabels.OverriddenAnnotation, Overrides.Of(desired, applied).ToJson());
    }

    public static HelmRelease Ready(this HelmRelease release) =>
        release.Flux("True", "InstallSucceeded", "Helm install succeeded", ended: true);

    public static HelmRelease Failed(
        this HelmRelease release, string reason = "InstallFailed", string message = "timed out waiting for the condition") =>
        release.Flux("False", reason, message, ended: false);

    public static HelmRelease Working(this HelmRelease release) =>
        release.Flux("Unknown", "Progressing", "Running 'install' action with timeout of 5m0s", ended: false);

    /// <summary>Flux tells which generation it attempted last.</summary>
    public static HelmRelease Attempted(this HelmRelease release, long generation) =>
        release with { Status = (release.Status ?? new HelmReleaseStatus()) with { LastAttemptedGeneration = generation } };

    /// <summary>Flux has given up: its own generation is noted, unlike after a failure that may pass.</summary>
    public static HelmRelease Stalled(this HelmRelease release)
    {
        var failed = release.Flux("False", "InstallFailed", "timed out", ended: true);
        return failed with
        {
            Status = failed.Status! with
            {
                Conditions = [
                    .. failed.Status!.Conditions!,
                    Condition("Stalled", "True", "RetriesExceeded", "Failed to install after 1 attempt(s)", release)],
            },
        };
    }

    public static HelmRelease Flux(this HelmRelease release, string ready, string reason, string message, bool ended) => release with
    {
        Status = new HelmReleaseStatus
        {
            ObservedGeneration = ended ? release.Metadata.Generation : release.Status?.ObservedGeneration ?? -1,
            Conditions = [Condition("Ready", ready, reason, message, release)],
        },
    };

    public static HelmRelease Posted(
        this HelmRelease release, string state, string description, string? url = null, string? sha = null, long? generation = null)
    {
        var status = new CommitStatus(sha ?? World.A, World.Context, CommitStates.Parse(state)!.Value, description, url);
        return release.Annotation(
            OwnerLabels.ReportedAnnotation, new ReportedStatus(status, generation ?? release.Metadata.Generation).ToJson());
    }

    public static HelmRelease PostedSubmitted(this HelmRelease release) =>
        release.Posted("success", "Ephemeral environment creation request submitted");

    public static HelmRelease PostedPending(this HelmRelease release, string? url = null) =>
        release.Posted("pending", "Creation of ephemeral environment for PR in progress", url);

    public static HelmRelease PostedReady(this HelmRelease release, string? url = null) =>
        release.Posted("success", "Successfully created ephemeral environment for PR", url);

    public static HelmRelease PostedFailed(this HelmRelease release, string reason = "InstallFailed", string? url = null) =>
        release.Posted("failure", "Ephemeral environment for PR failed: " + reason, url);

    public static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static Condition Condition(string type, string status, string reason, string message, HelmRelease release) => new()
    {
        Type = type,
        Status = status,
        Reason = reason,
        Message = message,
        ObservedGeneration = release.Metadata.Generation,
        LastTransitionTime = World.Noon,
    };

    private static ImmutableDictionary<string, string> Changed(IReadOnlyDictionary<string, string>? all, string name, string? value)
    {
        var changed = (all ?? ImmutableDictionary<string, string>.Empty).ToImmutableDictionary();
        return value is null ? changed.Remove(name) : changed.SetItem(name, value);
    }
}
