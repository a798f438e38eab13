namespace PrEnv.Controller.GitHub.Faults;

/// <summary>Words about rights that are missing.</summary>
internal static class NeededPermissions
{
    /// <summary>A sentence, with a blank before it, that names what GitHub asks for; empty when it does not say.</summary>
    public static string Named(GitHubFault fault) => fault.NeededPermissions is { } needed ? $" GitHub asks for {needed}." : "";
}
