using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Json;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>
/// Decodes a LIST while it arrives, object by object: it needs memory for the largest object, not for the page. One instance
/// reads one list.
/// </summary>
internal sealed class ListReader<T>(ObjectDecoder<T> objects)
    where T : class, IClusterObject
{
    private readonly ImmutableArray<T>.Builder _items = ImmutableArray.CreateBuilder<T>();
    private JsonReaderState _state = new(JsonDepth.Reading);
    private Section _section;
    private ListMeta? _metadata;
    private bool _itemsSeen;

    private enum Section
    {
        Other,
        Metadata,
        Items,
    }

    /// <summary>Reads the whole list.</summary>
    /// <exception cref="JsonException">Not a list: an empty object must not pass for an empty list, whose reader would delete
    /// everything.</exception>
    public async Task<ListPage<T>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        ReadResult read;
        do
        {
            read = await pipe.ReadAsync(cancellationToken);
            var consumed = Consume(read.Buffer, read.IsCompleted);
            pipe.AdvanceTo(consumed, read.Buffer.End);
        }
        while (!read.IsCompleted);

        await pipe.CompleteAsync();
        return _itemsSeen && !string.IsNullOrEmpty(_metadata?.ResourceVersion)
            ? new ListPage<T>(
                _items.ToImmutable(), _metadata.ResourceVersion, string.IsNullOrEmpty(_metadata.Continue) ? null : _metadata.Continue)
            : throw new JsonException("Not a list.");
    }

    private SequencePosition Consume(in ReadOnlySequence<byte> buffer, bool isFinal)
    {
        var reader = new Utf8JsonReader(buffer, isFinal, _state);
        var before = reader;
        while (reader.Read())
        {
            if (IsWhole(reader))
            {
                var start = reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    // The rest of this object has not arrived: return to where it begins.
                    reader = before;
                    break;
                }

                Take(buffer.Slice(start, reader.BytesConsumed - start));
            }
            else
            {
                Enter(ref reader);
            }

            before = reader;
        }

        _state = reader.CurrentState;
        return reader.Position;
    }

    // An item, or a container next to the items: read in one piece. The list itself and its items array are walked through.
    private bool IsWhole(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => reader.CurrentDepth > 0,
        JsonTokenType.StartArray => _section != Section.Items,
        _ => false,
    };

    private void Enter(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _section = reader.ValueTextEquals("items"u8) ? Section.Items
                : reader.ValueTextEquals("metadata"u8) ? Section.Metadata
                : Section.Other;
            _itemsSeen |= _section == Section.Items;
        }
    }

    private void Take(in ReadOnlySequence<byte> json)
    {
        if (_section == Section.Metadata)
        {
            var reader = new Utf8JsonReader(json);
            _metadata = JsonSerializer.Deserialize(ref reader, ApiJson.Default.ListMeta);
        }
        else if (_section == Section.Items && objects.Decode(json).Object is { } item)
        {
            _items.Add(item);
        }
    }
}
