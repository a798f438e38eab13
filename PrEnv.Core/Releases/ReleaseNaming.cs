using System.Globalization;

namespace PrEnv.Core.Releases;

/// <summary>HelmReleases are named <c>relpr-</c> and the pull request's number, as the predecessor named them.</summary>
public static class ReleaseNaming
{
    private const string Prefix = "relpr-";

    /// <summary><see cref="NameOf"/> with a placeholder for the number.</summary>
    internal const string Template = Prefix + "<<PR_NUMBER>>";

    /// <summary>Name of the release of a pull request.</summary>
    public static string NameOf(int prNumber) => Prefix + prNumber.ToString(CultureInfo.InvariantCulture);

    /// <summary>The pull request's number, or null for a name that <see cref="NameOf"/> never returns.</summary>
    public static int? PrNumberOf(string name) =>
        int.TryParse(NumberIn(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The same as the name has it; empty for a name that is never returned.</summary>
    internal static ReadOnlySpan<char> NumberIn(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && name.AsSpan(Prefix.Length) is var digits
        && digits is not ['0', ..]
        && !digits.ContainsAnyExceptInRange('0', '9')
            ? digits
            : [];
}
