namespace PrEnv.Core.Resources;

/// <summary><c>spec.report.commitStatus</c>.</summary>
public sealed record CommitStatusReport
{
    /// <summary>Default true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Default <c>ephemeral-env/</c> and the resource's name.</summary>
    public string? Context { get; init; }

    /// <summary>
    /// What is posted for a pull request that gets no environment: <c>None</c> (default), or <c>Success</c>, so that the context can be a
    /// required check.
    /// </summary>
    public string? Skipped { get; init; }

    /// <summary>
    /// Is the head commit of a merge group given the status of its pull request's head? Default true. Needs a webhook, because GitHub tells
    /// of merge groups in no other way.
    /// </summary>
    public bool? MergeQueue { get; init; }
}
