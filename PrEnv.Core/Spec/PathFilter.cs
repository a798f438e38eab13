using System.Collections.Immutable;

namespace PrEnv.Core.Spec;

/// <summary>
/// Which changed files count: those that match one of <c>paths</c>, if there are any, and none of <c>excludePaths</c>. Two filters are
/// equal when their globs are. Immutable.
/// </summary>
public sealed class PathFilter : IEquatable<PathFilter>
{
    private readonly ImmutableArray<PathGlob> _paths;
    private readonly ImmutableArray<PathGlob> _excludePaths;
    private readonly int _hash;

    /// <summary>Every glob must be valid.</summary>
    /// <param name="paths">A file that counts matches one of these; all do if there is none.</param>
    /// <param name="excludePaths">A file that counts matches none of these.</param>
    public PathFilter(IEnumerable<string> paths, IEnumerable<string> excludePaths)
    {
        _paths = [.. paths.Select(text => new PathGlob(text))];
        _excludePaths = [.. excludePaths.Select(text => new PathGlob(text))];
        var hash = default(HashCode);
        foreach (var text in Paths.Append("").Concat(ExcludePaths))
            hash.Add(text, StringComparer.Ordinal);
        _hash = hash.ToHashCode();
    }

    /// <summary>Every file counts.</summary>
    public static PathFilter None { get; } = new([], []);

    /// <summary>Has it no globs?</summary>
    public bool IsEmpty => _paths.IsEmpty && _excludePaths.IsEmpty;

    /// <summary>The globs of <c>paths</c>, as they are written in the spec.</summary>
    public IEnumerable<string> Paths => _paths.Select(glob => glob.Text);

    /// <summary>The globs of <c>excludePaths</c>, as they are written in the spec.</summary>
    public IEnumerable<string> ExcludePaths => _excludePaths.Select(glob => glob.Text);

    /// <summary>Does that file match <c>paths</c>?</summary>
    /// <param name="path">From the root of the repository, without a slash before it.</param>
    public bool Includes(string path) => _paths.IsEmpty || _paths.Any(glob => glob.IsMatch(path));

    /// <summary>Does that file match <c>excludePaths</c>?</summary>
    /// <param name="path">From the root of the repository, without a slash before it.</param>
    public bool Excludes(string path) => _excludePaths.Any(glob => glob.IsMatch(path));

    /// <inheritdoc/>
    public bool Equals(PathFilter? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _hash == other._hash
            && Paths.SequenceEqual(other.Paths, StringComparer.Ordinal)
            && ExcludePaths.SequenceEqual(other.ExcludePaths, StringComparer.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PathFilter);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
