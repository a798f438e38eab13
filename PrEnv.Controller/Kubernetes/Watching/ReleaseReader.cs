using System.Text.Json;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>
/// Reads a HelmRelease in one pass, at half the serialiser's cost: a cluster may hold ten thousand, and each change of their status is an
/// event. A test compares it with what <see cref="WatchedJson"/> reads, property by property.
/// </summary>
internal static class ReleaseReader
{
    /// <summary>The release; null for anything unusual, which the serialiser then reads or rejects.</summary>
    public static HelmRelease? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var cursor = new JsonCursor(json);
            return Release(ref cursor) is { } release && cursor.IsSound() ? release : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static HelmRelease? Release(ref JsonCursor cursor)
    {
        if (!cursor.Enter())
            return null;
        ObjectMeta? metadata = null;
        HelmReleaseSpec? spec = null;
        HelmReleaseStatus? status = null;
        while (cursor.Next())
        {
            if (cursor.Is("metadata"u8))
                metadata = MetadataReader.Read(ref cursor);
            else if (cursor.Is("spec"u8))
                spec = cursor.RawObject() is { Length: > 0 } json ? new HelmReleaseSpec(json.ToArray()) : null;
            else if (cursor.Is("status"u8))
                status = Status(ref cursor);
            else
                cursor.Skip();
        }

        return new HelmRelease { Metadata = metadata!, Spec = spec!, Status = status };
    }

    private static HelmReleaseStatus? Status(ref JsonCursor cursor)
    {
        if (!cursor.Enter())
            return null;
        var generation = 0L;
        long? attempted = null;
        string? digest = null, chart = null;
        IReadOnlyList<HelmReleaseSnapshot>? history = null;
        IReadOnlyList<Condition>? conditions = null;
        while (cursor.Next())
        {
            if (cursor.Is("observedGeneration"u8))
                generation = cursor.Number();
            else if (cursor.Is("lastAttemptedGeneration"u8))
                attempted = cursor.Number();
            else if (cursor.Is("lastAttemptedConfigDigest"u8))
                digest = cursor.Text();
            else if (cursor.Is("helmChart"u8))
                chart = cursor.Text();
            else if (cursor.Is("history"u8))
                history = History(ref cursor);
            else if (cursor.Is("conditions"u8))
                conditions = ConditionReader.Read(ref cursor);
            else
                cursor.Skip();
        }

        return new HelmReleaseStatus
        {
            ObservedGeneration = generation,
            LastAttemptedGeneration = attempted,
            LastAttemptedConfigDigest = digest,
            HelmChart = chart,
            History = history,
            Conditions = conditions,
        };
    }

    private static HelmReleaseSnapshot[]? History(ref JsonCursor cursor)
    {
        if (!cursor.EnterArray())
            return null;
        var items = new List<HelmReleaseSnapshot>();
        while (cursor.NextItem())
        {
            string? status = null, digest = null, chart = null, deployed = null;
            long? version = null;
            while (cursor.Next())
            {
                if (cursor.Is("status"u8))
                    status = cursor.Text();
                else if (cursor.Is("configDigest"u8))
                    digest = cursor.Text();
                else if (cursor.Is("version"u8))
                    version = cursor.Number();
                else if (cursor.Is("chartVersion"u8))
                    chart = cursor.Text();
                else if (cursor.Is("lastDeployed"u8))
                    deployed = cursor.Text();
                else
                    cursor.Skip();
            }

            items.Add(new HelmReleaseSnapshot
            {
                Status = status,
                ConfigDigest = digest,
                Version = version,
                ChartVersion = chart,
                LastDeployed = deployed,
            });
        }

        return [.. items];
    }
}
