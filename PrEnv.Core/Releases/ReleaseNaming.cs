using System.Globalization;

namespace PrEnv.Core.Releases;

/// <summary>HelmReleases are named <c>relpr-</c> and the pull request's number, as the predecessor named them.</summary>
public static class ReleaseNaming
{
    private const string Prefix = "relpr-";

    /// <summary>Name of the release of a pull request.</summary>
    public static string NameOf(int prNumber) => Prefix + prNumber.ToString(CultureInfo.InvariantCulture);

    /// <summary>The pull request's number, or null for a name that <see cref="NameOf"/> never returns.</summary>
    public static int? PrNumberOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
        && NameOf(number) == name
            ? number
            : null;
}
