using System.Collections.Immutable;

namespace PrEnv.Core.Model;

/// <summary>
/// The labels of a pull request. Two are equal when they have the same names, in whatever order GitHub lists them.
/// </summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    private readonly ImmutableArray<string> _names;

    /// <summary>These, once each.</summary>
    public LabelSet(IEnumerable<string> names) =>
        _names = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>No label.</summary>
    public static LabelSet None { get; } = new([]);

    /// <summary>The names, sorted by their code units.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Is that label among them? Case is ignored: GitHub has no two labels that differ in nothing else.</summary>
    public bool Contains(string name)
    {
        foreach (var own in _names)
        {
            if (string.Equals(own, name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) => other is not null && _names.SequenceEqual(other._names, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var name in _names)
            hash.Add(name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>The names, for logs and tests.</summary>
    public override string ToString() => string.Join(", ", _names);
}
