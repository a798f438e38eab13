using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;

namespace PrEnv.Core.Templates;

/// <summary>
/// JSON in UTF-8, into which the facts of a pull request are filled in. Whatever they are, the result has the same structure. Immutable;
/// two templates are equal when they render the same for everything.
/// </summary>
public sealed class JsonTemplate : IEquatable<JsonTemplate>
{
    /// <summary>What text from others becomes in a JSON string; only what JSON itself forbids is escaped.</summary>
    internal static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private readonly ImmutableArray<Part> _parts;

    internal JsonTemplate(ImmutableArray<Part> parts)
    {
        _parts = parts;
        UsesText = parts.Any(p => p.NeedsFacts);
    }

    /// <summary>
    /// Does it use anything other than the number, the commit and the repository? Those are known even while GitHub is unavailable.
    /// </summary>
    public bool UsesText { get; }

    /// <summary>The JSON for one pull request.</summary>
    public byte[] Render(TemplateContext context)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        foreach (var part in _parts)
        {
            if (part.Fill is null)
                buffer.Write(part.Literal.AsSpan());
            else
                Encoding.UTF8.GetBytes(part.Fill(context), buffer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <inheritdoc/>
    public bool Equals(JsonTemplate? other) =>
        ReferenceEquals(this, other) || (other is not null && _parts.SequenceEqual(other._parts));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JsonTemplate);

    /// <inheritdoc/>
    public override int GetHashCode() => _parts.Length;

    /// <summary>A piece: either a literal, or what is filled in.</summary>
    /// <param name="Literal">JSON in UTF-8.</param>
    /// <param name="Name">Which fact.</param>
    /// <param name="Fill">Makes JSON of the fact; the same for the same name.</param>
    /// <param name="NeedsFacts">Is it more than the number, the commit and the repository?</param>
    internal sealed record Part(
        ImmutableArray<byte> Literal, string Name = "", Func<TemplateContext, string>? Fill = null, bool NeedsFacts = false)
    {
        public bool Equals(Part? other) =>
            other is not null && Name == other.Name && Literal.AsSpan().SequenceEqual(other.Literal.AsSpan());

        public override int GetHashCode() => HashCode.Combine(Name, Literal.Length);
    }
}
