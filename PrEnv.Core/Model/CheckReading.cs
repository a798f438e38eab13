using System.Collections.Immutable;

namespace PrEnv.Core.Model;

/// <summary>What GitHub said about the checks of a commit.</summary>
/// <param name="Results">Check runs and commit statuses, in any order; others than those that were asked for may be among them.</param>
/// <param name="Problem">
/// A sentence for the operator, why some could not be read: free of tokens, headers and bodies, the same for the same cause. Null: all
/// were.
/// </param>
public sealed record CheckReading(ImmutableArray<CheckResult> Results, string? Problem = null);

/// <summary>One attempt of a check.</summary>
/// <param name="Kind">What it is on GitHub.</param>
/// <param name="Name">Name of the check run, or context of the commit status. Hostile text.</param>
/// <param name="Id">A later attempt has a higher one.</param>
/// <param name="State">How it stands.</param>
public sealed record CheckResult(CheckKind Kind, string Name, long Id, CheckState State)
{
    /// <summary>Is it an attempt of the check with that name? GitHub ignores the case of a status's context.</summary>
    public static bool Is(CheckResult result, string name) => string.Equals(
        result.Name, name, result.Kind == CheckKind.Run ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// What GitHub's words for a check run mean; see https://docs.github.com/en/rest/checks/runs. A conclusion that is not known is not a
    /// good one.
    /// </summary>
    /// <param name="status">Whether it has concluded.</param>
    /// <param name="conclusion">How; null as long as it has not.</param>
    public static CheckState OfRun(string? status, string? conclusion) => (status, conclusion) switch
    {
        ("completed", "success" or "neutral" or "skipped") => CheckState.Passed,
        ("completed", not null) => CheckState.Failed,
        _ => CheckState.Running,
    };

    /// <summary>The same for a commit status; see https://docs.github.com/en/rest/commits/statuses.</summary>
    public static CheckState OfStatus(string? state) => state switch
    {
        "success" => CheckState.Passed,
        "failure" or "error" => CheckState.Failed,
        _ => CheckState.Running,
    };
}

/// <summary>What a check is on GitHub.</summary>
public enum CheckKind
{
    /// <summary>A check run of an App, such as a job of GitHub Actions.</summary>
    Run,

    /// <summary>A commit status.</summary>
    Status,
}

/// <summary>How a check stands.</summary>
public enum CheckState
{
    /// <summary>There is none, or it has not concluded.</summary>
    Running,

    /// <summary>It has concluded well.</summary>
    Passed,

    /// <summary>It has concluded in any other way.</summary>
    Failed,

    /// <summary>It could not be read.</summary>
    Unknown,
}
