using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>
/// What must outlive the process and has no release to be noted on: by number of the pull request, the effects of commands that still hold,
/// and who has expired. It is stored in an annotation of the resource. Two values are equal when they have the same effects.
/// </summary>
public sealed record CommandEffects
{
    /// <summary>The most entries of <see cref="Expired"/>: an annotation is limited, and so are all of an object together.</summary>
    public const int MaxExpired = 4000;

    private const int MaxFingerprint = 64;

    /// <summary>No effects.</summary>
    public static CommandEffects None { get; } = new();

    /// <summary>No environment while this is the head commit.</summary>
    public ImmutableSortedDictionary<int, string> Deleted { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>This commit of a fork may have an environment.</summary>
    public ImmutableSortedDictionary<int, string> Approved { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>No environment until something happens on the pull request: how it looked when it expired.</summary>
    public ImmutableSortedDictionary<int, string> Expired { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>The environment is to sleep until something happens on the pull request: when that was asked for.</summary>
    public ImmutableSortedDictionary<int, string> Asleep { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>The environment neither sleeps nor expires: until when.</summary>
    public ImmutableSortedDictionary<int, string> Kept { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>When that pull request's environment was to sleep; null: it was not.</summary>
    public DateTimeOffset? AsleepSince(int number) => Timestamp.Parse(Asleep.GetValueOrDefault(number));

    /// <summary>Until when that pull request's environment is kept; null: it is not.</summary>
    public DateTimeOffset? KeptUntil(int number) => Timestamp.Parse(Kept.GetValueOrDefault(number));

    /// <summary>Reads the annotation. Entries that are missing or not valid have no effect.</summary>
    public static CommandEffects Read(PREphemeralEnvController resource)
    {
        if (resource.Metadata.Annotation(PREphemeralEnvController.CommandEffectsAnnotation) is not { } text)
            return None;
        try
        {
            using var json = JsonDocument.Parse(text);
            return new CommandEffects
            {
                Deleted = Part(json.RootElement, "deleted", Sha.IsCommit),
                Approved = Part(json.RootElement, "approved", Sha.IsCommit),
                Expired = Part(json.RootElement, "expired", text => text.Length is > 0 and <= MaxFingerprint),
                Asleep = Part(json.RootElement, "asleep", text => Timestamp.Parse(text) is not null),
                Kept = Part(json.RootElement, "kept", text => Timestamp.Parse(text) is not null),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // InvalidOperationException, ArgumentException: half a surrogate pair.
            return None;
        }
    }

    /// <summary>The annotation's value; null if there are no effects.</summary>
    public string? ToJson()
    {
        if (Deleted.IsEmpty && Approved.IsEmpty && Expired.IsEmpty && Asleep.IsEmpty && Kept.IsEmpty)
            return null;
        var parts = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal)
        {
            ["approved"] = Texts(Approved),
            ["deleted"] = Texts(Deleted),
        };
        Add("expired", Expired);
        Add("asleep", Asleep);
        Add("kept", Kept);
        return JsonSerializer.Serialize(parts, ResourceJson.Default.CommandEffectsText);

        void Add(string name, ImmutableSortedDictionary<int, string> part)
        {
            if (!part.IsEmpty)
                parts.Add(name, Texts(part));
        }
    }

    /// <inheritdoc/>
    public bool Equals(CommandEffects? other) =>
        other is not null && Deleted.SequenceEqual(other.Deleted) && Approved.SequenceEqual(other.Approved)
        && Expired.SequenceEqual(other.Expired) && Asleep.SequenceEqual(other.Asleep) && Kept.SequenceEqual(other.Kept);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Deleted.Count, Approved.Count, Expired.Count, Asleep.Count, Kept.Count);

    /// <summary>
    /// Drops effects on commits that are no longer the head of a pull request, and what is about pull requests that are not listed.
    /// </summary>
    internal CommandEffects For(ImmutableArray<PullRequest> listed)
    {
        var heads = listed.ToDictionary(p => p.Number, p => p.HeadSha);
        return new CommandEffects
        {
            Deleted = OfHead(Deleted),
            Approved = OfHead(Approved),
            Expired = Open(Expired),
            Asleep = Open(Asleep),
            Kept = Open(Kept),
        };

        ImmutableSortedDictionary<int, string> Open(ImmutableSortedDictionary<int, string> part) =>
            part.RemoveRange(part.Keys.Where(number => !heads.ContainsKey(number)));

        ImmutableSortedDictionary<int, string> OfHead(ImmutableSortedDictionary<int, string> part) =>
            part.RemoveRange(part.Where(o => heads.GetValueOrDefault(o.Key) != o.Value).Select(o => o.Key));
    }

    private static ImmutableSortedDictionary<int, string> Part(JsonElement json, string name, Func<string, bool> isValid)
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
                && entry.Value.ValueKind == JsonValueKind.String && entry.Value.GetString() is { } text && isValid(text))
            {
                part[number] = text;
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
