using System.Collections.Immutable;

namespace PrEnv.Core.Selection;

/// <summary>What a selection rule compares: what the spec asks for, and what the pull request has.</summary>
/// <param name="Fact">What the rule looks at, such as <c>labels</c> or <c>base branch</c>.</param>
/// <param name="Seen">
/// Its values, hostile text: the labels, the title, <c>true</c> or <c>false</c>; of files, a word of <see cref="PathMatch"/>. Null: GitHub
/// did not report it, or was not asked.
/// </param>
/// <param name="Wanted">The fields that ask for something; none: the rule admits every pull request.</param>
public sealed record SelectionFacts(string Fact, IReadOnlyList<string>? Seen, IReadOnlyList<SelectionField> Wanted)
{
    internal static SelectionFacts Of(
        string fact, IReadOnlyList<string>? seen, params ReadOnlySpan<(string Field, ImmutableArray<string> Values)> wanted)
    {
        var fields = ImmutableArray.CreateBuilder<SelectionField>(wanted.Length);
        foreach (var (field, values) in wanted)
        {
            if (!values.IsEmpty)
                fields.Add(new SelectionField(field, values));
        }

        return new SelectionFacts(fact, seen, fields.ToImmutable());
    }

    /// <summary>An empty text is one that GitHub did not report.</summary>
    internal static IReadOnlyList<string>? Text(string text) => text.Length == 0 ? null : [text];

    internal static IReadOnlyList<string>? Flag(bool? value) => value switch { true => ["true"], false => ["false"], null => null };
}

/// <summary>A field below <c>spec.pullRequests</c> that asks for something.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Values">What is written there.</param>
public sealed record SelectionField(string Field, IReadOnlyList<string> Values);
