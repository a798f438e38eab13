using PrEnv.Core.Model;

namespace PrEnv.Core.Selection;

/// <summary>The answer to a <see cref="PathQuestion"/>.</summary>
/// <param name="Match">What the files are.</param>
/// <param name="Problem">A sentence, why it is <see cref="PathMatch.Unknown"/>; null otherwise.</param>
public sealed record PathVerdict(PathMatch Match, string? Problem = null)
{
    /// <summary>
    /// Judges what GitHub said. Files of another commit say nothing of this one. Neither does an empty list, because a deletion needs more
    /// proof than an answer without content.
    /// </summary>
    public static PathVerdict Of(PathQuestion question, ChangedFiles files)
    {
        if (files is ChangedFiles.Unknown unknown)
            return new PathVerdict(PathMatch.Unknown, unknown.Message);
        var known = (ChangedFiles.Known)files;
        if (!known.Commits.IsEmpty && !known.Commits.Contains(question.HeadSha, StringComparer.Ordinal))
            return new PathVerdict(PathMatch.Unknown, RejectionMessages.OtherCommit);
        if (!known.IsComplete)
            return new PathVerdict(PathMatch.Included);
        if (known.Paths.IsEmpty)
            return new PathVerdict(PathMatch.Unknown, RejectionMessages.NoFiles);
        var match = PathMatch.NotIncluded;
        foreach (var path in known.Paths)
        {
            if (!question.Filter.Includes(path))
                continue;
            if (!question.Filter.Excludes(path))
                return new PathVerdict(PathMatch.Included);
            match = PathMatch.Excluded;
        }

        return new PathVerdict(match);
    }
}

/// <summary>Are there files that count among those that a pull request changes?</summary>
public enum PathMatch
{
    /// <summary>One counts, or there are more than GitHub lists.</summary>
    Included,

    /// <summary>None matches <c>paths</c>.</summary>
    NotIncluded,

    /// <summary>Some match <c>paths</c>, or it is empty, but all of those match <c>excludePaths</c>.</summary>
    Excluded,

    /// <summary>It is not known.</summary>
    Unknown,
}
