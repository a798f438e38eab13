using System.Reflection;

namespace PrEnv.Controller.Startup;

/// <summary>What this binary was built from.</summary>
internal static class ProductVersion
{
    // "0.1.0+<commit>": the SDK adds the commit when it builds from a git checkout.
    private static readonly string[] Parts =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0")
        .Split(
            '+', 2);

    public static string Number => Parts[0];

    /// <summary>Null when it is not known.</summary>
    public static string? Commit => Parts.Length > 1 ? Parts[1] : null;

    public static string Text => Commit is { } commit ? $"{Number} (commit {commit})" : Number;
}
