using System.Collections.Immutable;

namespace PrEnv.Core.Objects;

/// <summary>
/// Selects objects by their labels; all requirements must be met. Immutable; two are equal if they have the same requirements,
/// in any order.
/// See https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors.
/// </summary>
public sealed class LabelSelector : IEquatable<LabelSelector>
{
    private readonly ImmutableArray<LabelRequirement> _requirements;
    private readonly string _text;

    private LabelSelector(IEnumerable<LabelRequirement> requirements)
    {
        _requirements = [
            .. requirements.DistinctBy(r => r.ToString(), StringComparer.Ordinal).OrderBy(r => r.ToString(), StringComparer.Ordinal)];
        _text = string.Join(',', _requirements);
    }

    /// <summary>Reads <c>shard=a</c>, <c>tier in (x,y),!legacy</c> and the like.</summary>
    /// <exception cref="FormatException">It is not a valid selector; the message is a clause that says what is wrong.</exception>
    public static LabelSelector Parse(string text) => new(Split(text).Select((part, index) => LabelRequirement.TryParse(part)
        ?? throw new FormatException(
            $"part {index + 1} is not one of key, !key, key=value, key!=value, key in (a,b) or key notin (a,b)")));

    /// <summary>Does it select an object with these labels (null for none)?</summary>
    public bool Matches(IReadOnlyDictionary<string, string>? labels)
    {
        foreach (var requirement in _requirements)
        {
            if (!requirement.IsMetBy(labels))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(LabelSelector? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSelector);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The canonical text, which the API server also accepts.</summary>
    public override string ToString() => _text;

    // Split at commas, but not within parentheses.
    private static IEnumerable<string> Split(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] != ',' || depth != 0)
                continue;
            yield return text[start..i];
            start = i + 1;
        }

        yield return text[start..];
    }
}
