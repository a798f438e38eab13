using System.Collections.Immutable;
using PrEnv.Core.Model;

namespace PrEnv.Core.Explaining;

/// <summary>The checks that a head commit needs before it is installed.</summary>
public sealed record ChecksExplanation
{
    /// <summary>The head commit.</summary>
    public required string Commit { get; init; }

    /// <summary>Each check, in the order of the spec.</summary>
    public required ImmutableArray<CheckExplanation> Checks { get; init; }

    /// <summary>Why the commit waits, one of the catalogue of reasons; null: it does not.</summary>
    public string? Reason { get; init; }

    /// <summary>When the wait began, or when a check failed; null: it does not wait.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it will have waited for too long; null: never, or it has.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Why some could not be read; null if all were.</summary>
    public string? Problem { get; init; }
}

/// <summary>One check.</summary>
/// <param name="Name">Name of the check run, or context of the commit status.</param>
/// <param name="State">How it stands.</param>
public sealed record CheckExplanation(string Name, CheckState State);
