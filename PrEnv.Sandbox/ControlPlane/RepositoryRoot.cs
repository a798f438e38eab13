namespace PrEnv.Sandbox.ControlPlane;

/// <summary>Where this source tree is: the scripts, CRDs and test data are used in place, not copied beside the binaries.</summary>
internal static class RepositoryRoot
{
    private const string Marker = "PrEnv.sln";

    private static readonly Lazy<string> Found = new(() => FindFrom(AppContext.BaseDirectory));

    /// <summary>The folder that holds <c>PrEnv.sln</c>, looked for from the running assembly upwards.</summary>
    public static string Path => Found.Value;

    /// <summary>The path of a file or folder in the tree.</summary>
    public static string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <exception cref="DirectoryNotFoundException">No folder from <paramref name="start"/> upwards holds the solution.</exception>
    internal static string FindFrom(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Marker)))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException(
            $"{Marker} is in no folder from {start} upwards: the control plane's scripts live in the source tree.");
    }
}
