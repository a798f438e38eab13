using System.Text.RegularExpressions;

namespace PrEnv.Core.Spec;

/// <summary>The patterns of the schema, for servers that do not enforce it. <c>crds/</c> has the same.</summary>
internal static partial class SpecPatterns
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private const string OneVersion =
        @"(=|==|!=|>|<|>=|=>|<=|=<|~|~>|\^)? *v?([0-9]+|[xX*])(\.([0-9]+|[xX*])){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?";

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*\z", Options)]
    public static partial Regex Owner();

    // Of a user, or of an App: dependabot[bot].
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*(\[bot\])?\z", Options)]
    public static partial Regex Login();

    // Neither . nor .., which would be a step in the path of a URL.
    [GeneratedRegex(@"^([A-Za-z0-9_-]|\.[A-Za-z0-9_-]|\.\.[A-Za-z0-9._-])[A-Za-z0-9._-]*\z", Options)]
    public static partial Regex Repository();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", Options)]
    public static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", Options)]
    public static partial Regex Subdomain();

    // https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
    [GeneratedRegex(
        @"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z", Options)]
    public static partial Regex MetadataKey();

    [GeneratedRegex(@"^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?\z", Options)]
    public static partial Regex LabelValue();

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z", Options)]
    public static partial Regex SecretKey();

    [GeneratedRegex(@"^\S(.*\S)?\z", Options)]
    public static partial Regex Trimmed();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*\z", Options)]
    public static partial Regex ValueName();

    [GeneratedRegex(@"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\z", Options)]
    public static partial Regex TimeOfDay();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*\z", Options)]
    public static partial Regex TimeZone();

    // Segments with a slash between. None is empty, . or .., as no path of git has such a one. Of the characters that are left out, some
    // globs make classes, alternatives or negations: this way nobody waits for a match in vain.
    [GeneratedRegex(
        @"^([^!./\[\]{}\\]|\.[^./\[\]{}\\]|\.\.[^/\[\]{}\\])[^/\[\]{}\\]*"
        + @"(/([^./\[\]{}\\]|\.[^./\[\]{}\\]|\.\.[^/\[\]{}\\])[^/\[\]{}\\]*)*\z", Options)]
    public static partial Regex Glob();

    // What GitHub takes as the context of a commit status: characters of the Basic Multilingual Plane, so that there is no half of a pair.
    [GeneratedRegex(@"^[^\s\uD800-\uDFFF]([^\n\uD800-\uDFFF]*[^\s\uD800-\uDFFF])?\z", Options)]
    public static partial Regex StatusContext();

    // One version or comparison, then any number of them, joined by a blank or comma (and), || (or) or " - " (range).
    [GeneratedRegex("^ *" + OneVersion + @"(( *\|\| *| *, *| +- +| +)" + OneVersion + @")* *\z", Options)]
    public static partial Regex Version();
}
