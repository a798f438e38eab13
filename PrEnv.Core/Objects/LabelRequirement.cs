using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PrEnv.Core.Objects;

/// <summary>One part of a <see cref="LabelSelector"/>. Immutable.</summary>
internal sealed partial class LabelRequirement
{
    private const string KeyPattern = "(?<key>([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)";
    private const string ValuePattern = "(([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?)";

    private readonly string _key;

    // Null: the key alone counts.
    private readonly ImmutableArray<string>? _values;
    private readonly bool _isNegative;
    private readonly string _text;

    private LabelRequirement(string key, ImmutableArray<string>? values, bool isNegative)
    {
        (_key, _values, _isNegative) = (key, values, isNegative);
        _text = values switch
        {
            null => isNegative ? "!" + key : key,
            [var only] => $"{key}{(isNegative ? "!=" : "=")}{only}",
            { } several => $"{key} {(isNegative ? "notin" : "in")} ({string.Join(',', several)})",
        };
    }

    /// <summary>Reads one; null if the text is not a requirement.</summary>
    public static LabelRequirement? TryParse(string text)
    {
        var trimmed = text.Trim();
        if (Existence().Match(trimmed) is { Success: true } existence)
            return new LabelRequirement(existence.Groups["key"].Value, null, existence.Groups["not"].Success);
        if (Equality().Match(trimmed) is { Success: true } equality)
        {
            return new LabelRequirement(
                equality.Groups["key"].Value, [equality.Groups["value"].Value], equality.Groups["operator"].Value == "!=");
        }

        if (Membership().Match(trimmed) is { Success: true } membership)
        {
            var values = membership.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries);
            return new LabelRequirement(
                membership.Groups["key"].Value,
                [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                membership.Groups["operator"].Value == "notin");
        }

        return null;
    }

    public bool IsMetBy(IReadOnlyDictionary<string, string>? labels)
    {
        var value = labels?.GetValueOrDefault(_key);
        return (value is not null && (_values is not { } values || values.Contains(value, StringComparer.Ordinal))) != _isNegative;
    }

    public override string ToString() => _text;

    [GeneratedRegex("^(?<not>! *)?" + KeyPattern + "$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Existence();

    [GeneratedRegex(
        "^" + KeyPattern + " *(?<operator>==|=|!=) *(?<value>" + ValuePattern
        + ")$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Equality();

    [GeneratedRegex(
        "^" + KeyPattern + " +(?<operator>in|notin) *\\((?<values> *" + ValuePattern + " *(, *" + ValuePattern + " *)*)\\)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Membership();
}
