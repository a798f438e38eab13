using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Flux;

/// <summary>A line of a recording.</summary>
internal abstract record FluxLine
{
    /// <summary>Since the recording began.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>
    /// The release as the controller would read it after this line; that of the line before where it is about something else. Its spec is
    /// empty but for <c>suspend</c>: what was asked for was not recorded. Null before there is one.
    /// </summary>
    public required HelmRelease? Current { get; init; }

    public static FluxLine Read(JsonObject line, string ns, HelmRelease? before)
    {
        var at = TimeSpan.FromMilliseconds(line["ms"]!.GetValue<int>());
        if (line["did"] is { } did)
            return new Deed { At = at, Current = before, Did = did.GetValue<string>() };
        var type = line["type"]!.GetValue<string>();
        if (line["chart"] is not null)
            return new OfChart { At = at, Current = before, Type = type, Told = Conditions(line) };
        var status = line["status"] as JsonObject ?? [];
        var moment = FluxMoment.Of(line["generation"]!.GetValue<long>(), status);
        return new OfRelease { At = at, Current = Resource(line, ns, at), Type = type, Status = status, Moment = moment };
    }

    private static HelmRelease Resource(JsonObject line, string ns, TimeSpan at)
    {
        var metadata = new JsonObject { ["name"] = line["release"]!.DeepClone(), ["namespace"] = ns };
        foreach (var name in (string[])["generation", "finalizers", "annotations"])
            metadata[name] = line[name]?.DeepClone();
        if (line["deleting"]?.GetValue<bool>() == true)
            metadata["deletionTimestamp"] = (DateTimeOffset.UnixEpoch + at).ToString("O");
        var resource = new JsonObject
        {
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["suspend"] = line["suspend"]?.DeepClone() },
            ["status"] = line["status"]?.DeepClone(),
        };
        return resource.Deserialize(ResourceJson.Default.HelmRelease)!;
    }

    private static IReadOnlyList<Condition> Conditions(JsonObject line)
    {
        var status = new JsonObject { ["conditions"] = line["conditions"]?.DeepClone() };
        return status.Deserialize(ResourceJson.Default.HelmReleaseStatus)!.Conditions ?? [];
    }

    /// <summary>Something was done from outside.</summary>
    internal sealed record Deed : FluxLine
    {
        public required string Did { get; init; }
    }

    /// <summary>The watch has seen the release change.</summary>
    internal sealed record OfRelease : FluxLine
    {
        /// <summary><see cref="Current"/>, which is there.</summary>
        public HelmRelease Release => Current!;

        /// <summary>ADDED, MODIFIED or DELETED.</summary>
        public required string Type { get; init; }

        /// <summary>The whole status, what the controller does not read included.</summary>
        public required JsonObject Status { get; init; }

        public required FluxMoment Moment { get; init; }
    }

    /// <summary>The watch has seen the HelmChart change that belongs to the release.</summary>
    internal sealed record OfChart : FluxLine
    {
        /// <summary>ADDED, MODIFIED or DELETED.</summary>
        public required string Type { get; init; }

        /// <summary>Its conditions.</summary>
        public required IReadOnlyList<Condition> Told { get; init; }

        /// <summary>Why the chart is there, or is not; null before source-controller has spoken.</summary>
        public Condition? Ready => Told.FirstOrDefault(condition => condition.Type == "Ready");
    }
}
