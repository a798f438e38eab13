using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Resources;

/// <summary>
/// The spec of a HelmRelease: any JSON object, kept as text, because any of its fields may be the resource's. What decisions read of it has
/// a property. Immutable.
/// </summary>
[JsonConverter(typeof(HelmReleaseSpecConverter))]
public sealed class HelmReleaseSpec
{
    private readonly byte[] _json;
    private readonly (int Start, int Length) _values;

    /// <summary>Takes a JSON object in UTF-8, which must not be changed afterwards.</summary>
    /// <exception cref="JsonException">It is not valid JSON.</exception>
    public HelmReleaseSpec(byte[] json)
    {
        _json = json;
        var reader = new Utf8JsonReader(json, JsonDepth.Reading);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueIsEscaped)
            {
                reader.Skip();
                continue;
            }

            var (isTimeout, isAccount) = (reader.ValueTextEquals("timeout"u8), reader.ValueTextEquals("serviceAccountName"u8));
            var (isSuspend, isValues) = (reader.ValueTextEquals("suspend"u8), reader.ValueTextEquals("values"u8));
            var isTarget = reader.ValueTextEquals("targetNamespace"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isTimeout)
                Timeout = TextOf(reader);
            else if (isAccount)
                ServiceAccountName = TextOf(reader);
            else if (isTarget)
                TargetNamespace = TextOf(reader);
            else if (isSuspend)
                Suspend = reader.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
            else if (isValues)
                (PrNumber, PrSha) = Identity(reader);
            reader.Skip();
            if (isValues)
                _values = (start, (int)reader.BytesConsumed - start);
        }
    }

    /// <summary>Without a field.</summary>
    public static HelmReleaseSpec Empty { get; } = new("{}"u8.ToArray());

    /// <summary>The object as it was written, in UTF-8.</summary>
    [JsonIgnore]
    public ReadOnlySpan<byte> Json => _json;

    /// <summary>Its field <c>values</c> as it was written; empty when it is missing.</summary>
    [JsonIgnore]
    public ReadOnlySpan<byte> Values => _json.AsSpan(_values.Start, _values.Length);

    /// <summary>The value <c>prNumber</c>; null if it is missing or not an integer.</summary>
    public int? PrNumber { get; }

    /// <summary>The value <c>prSHA</c>; null if it is missing or not a string.</summary>
    public string? PrSha { get; }

    /// <summary>Go duration that helm-controller gives each Helm action; null means 5 minutes.</summary>
    public string? Timeout { get; }

    /// <summary>The account that helm-controller impersonates; null: its own.</summary>
    public string? ServiceAccountName { get; }

    /// <summary>Where the chart's objects go; null: the release's own namespace.</summary>
    public string? TargetNamespace { get; }

    /// <summary>True while helm-controller is to leave the release alone.</summary>
    public bool? Suspend { get; }

    /// <summary>Where its chart comes from; null if neither <c>chart</c> nor <c>chartRef</c> says so. Read anew by each call.</summary>
    public ChartOrigin? ReadChart()
    {
        var root = JsonElement.Parse(_json, JsonDepth.Document);
        if (Member(Member(root, "chart"), "spec") is { } chart)
            return new ChartOrigin(Text(chart, "chart"), Text(chart, "version"), Source(Member(chart, "sourceRef")));
        return Member(root, "chartRef") is { } reference ? new ChartOrigin(null, null, Source(reference)) : null;
    }

    // The reader is a copy: the caller's goes on behind the values. This runs once for each release that is read.
    private static (int? Number, string? Sha) Identity(Utf8JsonReader reader)
    {
        int? number = null;
        string? sha = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPlain = !reader.ValueIsEscaped;
            var (isNumber, isSha) = (isPlain && reader.ValueTextEquals("prNumber"u8), isPlain && reader.ValueTextEquals("prSHA"u8));
            reader.Read();
            if (isNumber)
                number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : null;
            if (isSha)
                sha = TextOf(reader);
            reader.Skip();
        }

        return (number, sha);
    }

    private static string? TextOf(in Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return null;
        try
        {
            return reader.ValueIsEscaped || !Ascii.IsValid(reader.ValueSpan) ? reader.GetString() : StringPool.Shared.Get(reader.ValueSpan);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: JSON's grammar allows it, but a string cannot hold it.
            return null;
        }
    }

    private static SourceReference? Source(JsonElement? reference) => reference is { ValueKind: JsonValueKind.Object } given
        ? new SourceReference { Kind = Text(given, "kind"), Name = Text(given, "name"), Namespace = Text(given, "namespace") }
        : null;

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } given && JsonText.Find(given, name) is { ValueKind: JsonValueKind.Object } member
            ? member
            : null;

    private static string? Text(JsonElement parent, string name) =>
        JsonText.Find(parent, name) is { ValueKind: JsonValueKind.String } member ? JsonText.Read(member) : null;
}
