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
                spec = Spec(ref cursor);
            else if (cursor.Is("status"u8))
                status = Status(ref cursor);
            else
                cursor.Skip();
        }

        return new HelmRelease { Metadata = metadata!, Spec = spec!, Status = status };
    }

    private static HelmReleaseSpec? Spec(ref JsonCursor cursor)
    {
        if (!cursor.Enter())
            return null;
        HelmChartTemplate? chart = null;
        string? interval = null, releaseName = null, timeout = null, account = null;
        bool? suspend = null;
        byte[]? values = null;
        while (cursor.Next())
        {
            if (cursor.Is("chart"u8))
                chart = Chart(ref cursor);
            else if (cursor.Is("interval"u8))
                interval = cursor.Text();
            else if (cursor.Is("releaseName"u8))
                releaseName = cursor.Text();
            else if (cursor.Is("timeout"u8))
                timeout = cursor.Text();
            else if (cursor.Is("serviceAccountName"u8))
                account = cursor.Text();
            else if (cursor.Is("suspend"u8))
                suspend = cursor.Flag();
            else if (cursor.Is("values"u8))
                values = cursor.Raw().ToArray();
            else
                cursor.Skip();
        }

        return new HelmReleaseSpec
        {
            Chart = chart,
            Interval = interval,
            ReleaseName = releaseName,
            Timeout = timeout,
            ServiceAccountName = account,
            Suspend = suspend,
            ValuesText = values,
        };
    }

    private static HelmChartTemplate? Chart(ref JsonCursor cursor)
    {
        if (!cursor.Enter())
            return null;
        HelmChartTemplateSpec? spec = null;
        while (cursor.Next())
        {
            if (cursor.Is("spec"u8))
                spec = ChartSpec(ref cursor);
            else
                cursor.Skip();
        }

        return new HelmChartTemplate { Spec = spec! };
    }

    private static HelmChartTemplateSpec? ChartSpec(ref JsonCursor cursor)
    {
        if (!cursor.Enter())
            return null;
        string? chart = null, version = null;
        SourceReference? source = null;
        while (cursor.Next())
        {
            if (cursor.Is("chart"u8))
                chart = cursor.Text();
            else if (cursor.Is("version"u8))
                version = cursor.Text();
            else if (cursor.Is("sourceRef"u8))
                source = Source(ref cursor);
            else
                cursor.Skip();
        }

        return new HelmChartTemplateSpec { Chart = chart, Version = version, SourceRef = source };
    }

    private static SourceReference? Source(ref JsonCursor cursor)
    {
        if (!cursor.Enter())
            return null;
        string? kind = null, name = null, @namespace = null;
        while (cursor.Next())
        {
            if (cursor.Is("kind"u8))
                kind = cursor.Text();
            else if (cursor.Is("name"u8))
                name = cursor.Text();
            else if (cursor.Is("namespace"u8))
                @namespace = cursor.Text();
            else
                cursor.Skip();
        }

        return new SourceReference { Kind = kind, Name = name, Namespace = @namespace };
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
            string? status = null, digest = null;
            while (cursor.Next())
            {
                if (cursor.Is("status"u8))
                    status = cursor.Text();
                else if (cursor.Is("configDigest"u8))
                    digest = cursor.Text();
                else
                    cursor.Skip();
            }

            items.Add(new HelmReleaseSnapshot { Status = status, ConfigDigest = digest });
        }

        return [.. items];
    }
}
