using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Explaining;

/// <summary>What happens next, as data for people.</summary>
internal static class NextFacts
{
    public static NextExplanation Of(Snapshot snapshot, EnvironmentDecision? decision) => new()
    {
        Actions = [.. (decision?.Actions ?? []).OrderBy(a => a.Step).Select(action => Of(snapshot, action))],
        CheckAgainAt = decision?.CheckAgainAt,
        PollSeconds = snapshot.Resource is { Metadata.DeletionTimestamp: null, Spec.Suspend: not true } && snapshot.Spec.Spec is { } spec
            ? spec.Interval.TotalSeconds
            : null,
    };

    private static ActionExplanation Of(Snapshot snapshot, PlannedAction action) => action switch
    {
        PlannedAction.CreateNamespace create => OfNamespace(create.Verb, create.Desired.Name),
        PlannedAction.UpdateNamespace update => OfNamespace(update.Verb, update.Desired.Name) with
        {
            Changes = snapshot.Namespaces.Find(update.Desired.Name) is { } found
                ? EnvironmentNamespaces.Changes(update.Desired, found)
                : [],
        },
        PlannedAction.DeleteNamespace delete => OfNamespace(delete.Verb, delete.Name),
        PlannedAction.OrphanNamespace orphan => OfNamespace(orphan.Verb, orphan.Name),
        PlannedAction.Apply { Uid: null } create => OfRelease(create) with
        {
            Spec = JsonElement.Parse(create.Desired.Spec.Json, JsonDepth.Document),
        },
        PlannedAction.Apply update => OfRelease(update) with { Changes = ChangesOf(snapshot, update) },
        _ => OfRelease(action),
    };

    private static ActionExplanation OfNamespace(string verb, string name) =>
        new() { Verb = verb, Kind = ActionTarget.Namespace, Name = name };

    private static ActionExplanation OfRelease(PlannedAction action) => new()
    {
        Verb = action.Verb,
        Kind = ActionTarget.HelmRelease,
        Namespace = action.Release.Namespace,
        Name = action.Release.Name,
    };

    private static ImmutableArray<FieldChange> ChangesOf(Snapshot snapshot, PlannedAction.Apply update) =>
        snapshot.Releases.FirstOrDefault(r => r.Metadata.Uid == update.Uid && r.Metadata.Key == update.Release) is { } observed
            ? [.. DesiredReleases.Changes(update.Desired, observed).Select(c => c with { Before = Readable(c.Before) })]
            : [];

    // Anyone who may edit the release can write half a surrogate pair into it, which no writer takes: then as text, escapes and all.
    private static JsonElement? Readable(JsonElement? element)
    {
        if (element is not { } json)
            return null;
        try
        {
            using var writer = new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { MaxDepth = JsonDepth.Max });
            json.WriteTo(writer);
            return json;
        }
        catch (InvalidOperationException)
        {
            return JsonSerializer.SerializeToElement(json.GetRawText(), ResourceJson.Default.String);
        }
    }
}
