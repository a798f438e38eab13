using System.Collections.Immutable;

namespace PrEnv.Core.Model;

/// <summary>What GitHub said about the files that a pull request changes.</summary>
public abstract record ChangedFiles
{
    private ChangedFiles()
    {
    }

    /// <summary>GitHub has listed them.</summary>
    /// <param name="Paths">Of all files; of one that was renamed, the old path too. Hostile text.</param>
    /// <param name="IsComplete">False when there are, or may be, more than GitHub lists.</param>
    /// <param name="Commits">The head commits that GitHub compared; none if it did not say.</param>
    public sealed record Known(ImmutableArray<string> Paths, bool IsComplete, ImmutableArray<string> Commits) : ChangedFiles;

    /// <summary>They could not be read. Nothing is created or deleted because of it.</summary>
    /// <param name="Message">A sentence for the operator, free of tokens, headers and bodies, the same for the same cause.</param>
    public sealed record Unknown(string Message) : ChangedFiles;
}
