using System.Reflection;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Docs;

/// <summary>
/// docs/reference.md, taken apart. What is missing throws, so that a heading that is renamed does not make a test check nothing.
/// </summary>
internal static class Reference
{
    public static string Text { get; } = RepositoryFiles.Text("docs/reference.md");

    /// <summary>From where the one text stands up to where the other stands after it.</summary>
    public static string Section(string from, string to)
    {
        var start = Text.IndexOf(from, StringComparison.Ordinal);
        return Text[start..Text.IndexOf(to, start + from.Length, StringComparison.Ordinal)];
    }

    /// <summary>The cells of each row of the table whose head begins like this.</summary>
    public static IReadOnlyList<string[]> Table(string head)
    {
        var lines = Text.Split('\n');
        var first = Array.FindIndex(lines, line => line.StartsWith(head, StringComparison.Ordinal));
        return first < 0
            ? throw new ArgumentException($"docs/reference.md has no table that begins with {head}", nameof(head))
            : [.. lines[(first + 2)..].TakeWhile(line => line.StartsWith('|')).Select(
                line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
    }

    /// <summary>What stands in backticks.</summary>
    public static IEnumerable<string> Code(string text) => text.Split('`').Where((_, index) => index % 2 == 1);

    /// <summary>The values of a class of constants.</summary>
    public static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
}
