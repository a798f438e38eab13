using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PrEnv.Core.Model;

namespace PrEnv.Core.Templates;

/// <summary>Writes a <see cref="JsonTemplate"/> from one end to the other.</summary>
internal sealed class JsonTemplateBuilder
{
    private readonly ImmutableArray<JsonTemplate.Part>.Builder _parts = ImmutableArray.CreateBuilder<JsonTemplate.Part>();
    private readonly ArrayBufferWriter<byte> _literal = new();

    // True once something stands before what comes next on its level.
    private bool _needsComma;

    public void StartObject()
    {
        Separate();
        Open("{");
    }

    public void EndObject() => Close("}");

    public void Name(string name)
    {
        Separate();
        Write($"\"{JsonTemplate.Encoder.Encode(name)}\":");
        _needsComma = false;
    }

    /// <summary>A value; the placeholders in its texts, which must be known, are filled in.</summary>
    public void Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                StartObject();
                foreach (var property in value.EnumerateObject())
                {
                    Name(property.Name);
                    Value(property.Value);
                }

                EndObject();
                break;
            case JsonValueKind.Array:
                Separate();
                Open("[");
                foreach (var item in value.EnumerateArray())
                    Value(item);
                Close("]");
                break;
            case JsonValueKind.String:
                Text(value.GetString()!);
                break;
            default:
                Separate();
                Write(value.GetRawText());
                break;
        }
    }

    /// <summary>A text; the placeholders in it are filled in.</summary>
    public void Text(string text)
    {
        Separate();
        Write("\"");
        foreach (var (piece, isPlaceholder) in PlaceholderText.Split(text))
        {
            if (isPlaceholder)
                Fill(piece, c => Escaped(Placeholder.Resolve(piece, c)), Placeholder.NeedsFacts(piece));
            else
                Write(JsonTemplate.Encoder.Encode(piece));
        }

        Write("\"");
    }

    /// <summary>The pull request's number, as a number.</summary>
    public void Number()
    {
        Separate();
        Fill("number", c => c.PullRequest.Number.ToString(CultureInfo.InvariantCulture), needsFacts: false);
    }

    /// <summary>The environment's own namespace.</summary>
    public void Namespace()
    {
        Separate();
        Write("\"");
        Fill("namespace", c => Escaped(c.Namespace ?? ""), needsFacts: false);
        Write("\"");
    }

    /// <summary>The labels of the pull request, sorted.</summary>
    public void Labels()
    {
        Separate();
        Fill(
            "labels", c => $"[{string.Join(',', (c.PullRequest.Labels ?? LabelSet.None).Names.Select(name => $"\"{Escaped(name)}\""))}]",
            needsFacts: true);
    }

    /// <summary>Does the pull request come from a fork?</summary>
    public void IsFork()
    {
        Separate();
        Fill("fork", c => c.PullRequest.IsFork ? "true" : "false", needsFacts: true);
    }

    /// <summary>The pull request's page.</summary>
    public void Page()
    {
        Separate();
        Write("\"");
        Fill("url", c => Escaped(c.PullRequest.HtmlUrl), needsFacts: true);
        Write("\"");
    }

    public JsonTemplate Build()
    {
        EndLiteral();
        return new JsonTemplate(_parts.ToImmutable());
    }

    private static string Escaped(string value) => JsonTemplate.Encoder.Encode(PlaceholderText.Printable.Clean(value));

    private void Fill(string name, Func<TemplateContext, string> fill, bool needsFacts)
    {
        EndLiteral();
        _parts.Add(new JsonTemplate.Part([], name, fill, needsFacts));
    }

    private void Separate()
    {
        if (_needsComma)
            Write(",");
        _needsComma = true;
    }

    private void Open(string bracket)
    {
        Write(bracket);
        _needsComma = false;
    }

    private void Close(string bracket)
    {
        Write(bracket);
        _needsComma = true;
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _literal);

    private void EndLiteral()
    {
        if (_literal.WrittenCount == 0)
            return;
        _parts.Add(new JsonTemplate.Part([.. _literal.WrittenSpan]));
        _literal.Clear();
    }
}
