using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PrEnv.Core.Model;

namespace PrEnv.Core.Explaining;

/// <summary>Which commit of a pull request may be installed.</summary>
public sealed record ApprovalExplanation
{
    /// <summary>May the head commit be installed?</summary>
    public required ApprovalVerdict Verdict { get; init; }

    /// <summary>The commit that may be installed: the head, or an older one that stays; null: none.</summary>
    public string? InstallCommit { get; init; }

    /// <summary>The head commit, if a command has approved it; otherwise null.</summary>
    public string? ApprovedByCommand { get; init; }

    /// <summary>The reviews that were read, oldest first; null: they were not asked for, or could not be read.</summary>
    public ImmutableArray<ReviewExplanation>? Reviews { get; init; }

    /// <summary>Why the verdict is not known; null if it is.</summary>
    public string? Problem { get; init; }
}

/// <summary>A review.</summary>
/// <param name="Reviewer">Login.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Commit">The commit that was reviewed.</param>
/// <param name="MayWrite">Does the reviewer have write access? Only then does an approval count.</param>
public sealed record ReviewExplanation(string Reviewer, ReviewVerdict Verdict, string Commit, bool MayWrite);

/// <summary>May the head commit be installed?</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalVerdict>))]
public enum ApprovalVerdict
{
    /// <summary>It needs no approval.</summary>
    NotNeeded,

    /// <summary>It was approved.</summary>
    Given,

    /// <summary>It needs an approval and has none.</summary>
    Missing,

    /// <summary>GitHub did not say.</summary>
    Unknown,

    /// <summary>It waits for its checks.</summary>
    Unchecked,

    /// <summary>It is not known whether the pull request gets an environment at all.</summary>
    Undecided,
}
