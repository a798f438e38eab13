using System.Text.Json.Serialization;

namespace PrEnv.Core.Selection;

/// <summary>What one selection rule says of a pull request, whatever the others say.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Verdict">Does it admit the pull request?</param>
/// <param name="Facts">What it compares.</param>
/// <param name="Reason">Why not: one of the catalogue of reasons; null if it admits it.</param>
/// <param name="Message">The same as a sentence; null if it admits it.</param>
public sealed record SelectionCheck(string Rule, SelectionVerdict Verdict, SelectionFacts Facts, string? Reason, string? Message);

/// <summary>Does a rule admit a pull request?</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SelectionVerdict>))]
public enum SelectionVerdict
{
    /// <summary>The spec asks for nothing here.</summary>
    NotAsked,

    /// <summary>Yes.</summary>
    Admitted,

    /// <summary>No.</summary>
    Rejected,

    /// <summary>GitHub has not said enough.</summary>
    Unknown,
}
