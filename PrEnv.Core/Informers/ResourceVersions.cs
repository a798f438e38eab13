using System.Globalization;

namespace PrEnv.Core.Informers;

/// <summary>
/// Compares resource versions. They are opaque by contract and etcd revisions in practice, so every caller must be able to handle
/// null.
/// See https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions.
/// </summary>
internal static class ResourceVersions
{
    /// <summary>Is the first at least as new as the second? Null when either is not a number.</summary>
    public static bool? IsAtLeast(string? version, string? other) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
        && ulong.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out var b)
            ? a >= b
            : null;
}
