using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PrEnv.Core.Model;

namespace PrEnv.Core.Resources;

/// <summary>
/// The effects of commands that still hold: by number of the pull request, the head commit that they apply to. They are stored in an
/// annotation of the resource, so that they outlive the process. Two values are equal when they have the same effects.
/// </summary>
public sealed record CommandEffects
{
    /// <summary>No effects.</summary>
    public static CommandEffects None { get; } = new();

    /// <summary>No environment while this is the head commit.</summary>
    public ImmutableSortedDictionary<int, string> Deleted { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>This commit of a fork may have an environment.</summary>
    public ImmutableSortedDictionary<int, string> Approved { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>Reads the annotation. Entries that are missing or not valid have no effect.</summary>
    public static CommandEffects Read(PREphemeralEnvController resource)
    {
        if (resource.Metadata.Annotation(PREphemeralEnvController.CommandEffectsAnnotation) is not { } text)
            return None;
        try
        {
            using var json = JsonDocument.Parse(text);
            return new CommandEffects { Deleted = Part(json.RootElement, "deleted"), Approved = Part(json.RootElement, "approved") };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // InvalidOperationException, ArgumentException: half a surrogate pair.
            return None;
        }
    }

    /// <summary>The annotation's value; null if there are no effects.</summary>
    public string? ToJson() => Deleted.IsEmpty && Approved.IsEmpty
        ? null
        : JsonSerializer.Serialize(
            new SortedDictionary<string, SortedDictionary<string,
            string>>(StringComparer.Ordinal)
            { ["approved"] = Texts(Approved), ["deleted"] = Texts(Deleted) },
            ResourceJson.Default.CommandEffectsText);

    /// <inheritdoc/>
    public bool Equals(CommandEffects? other) =>
        other is not null && Deleted.SequenceEqual(other.Deleted) && Approved.SequenceEqual(other.Approved);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Deleted.Count, Approved.Count);

    /// <summary>Drops effects on commits that are no longer the head of a pull request.</summary>
    internal CommandEffects For(ImmutableArray<PullRequest> listed)
    {
        var heads = listed.ToDictionary(p => p.Number, p => p.HeadSha);
        return new CommandEffects { Deleted = Kept(Deleted), Approved = Kept(Approved) };

        ImmutableSortedDictionary<int, string> Kept(ImmutableSortedDictionary<int, string> part) =>
            part.RemoveRange(part.Where(o => heads.GetValueOrDefault(o.Key) != o.Value).Select(o => o.Key));
    }

    private static ImmutableSortedDictionary<int, string> Part(JsonElement json, string name)
    {
        var part = ImmutableSortedDictionary.CreateBuilder<int, string>();
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var entries)
            || entries.ValueKind != JsonValueKind.Object)
        {
            return part.ToImmutable();
        }

        foreach (var entry in entries.EnumerateObject())
        {
            if (int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && entry.Value.ValueKind == JsonValueKind.String && entry.Value.GetString() is { } sha && Sha.IsCommit(sha))
            {
                part[number] = sha;
            }
        }

        return part.ToImmutable();
    }

    private static SortedDictionary<string, string> Texts(ImmutableSortedDictionary<int, string> part)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, sha) in part)
            texts.Add(number.ToString(CultureInfo.InvariantCulture), sha);
        return texts;
    }
}
