namespace PrEnv.Controller.GitHub.Faults;

/// <summary>What it means when there is no answer, or only part of one.</summary>
internal static class TransportFaults
{
    public static GitHubFault Timeout { get; } =
        new(GitHubFaultKind.Timeout, "GitHub did not answer in time.") { IsOutcomeUnknown = true };

    public static GitHubFault ListingTimeout { get; } =
        new(GitHubFaultKind.Timeout, "GitHub did not list the repository's pull requests in time.");

    public static GitHubFault TooLarge { get; } = GitHubFault.Malformed("the answer is too large");

    /// <summary>Only the kind of error is reported; its text may quote what was sent.</summary>
    public static GitHubFault From(Exception error) => (error as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => Failed("the name of GitHub's host cannot be resolved"),
        HttpRequestError.ConnectionError => Failed("the connection to its host failed"),
        HttpRequestError.SecureConnectionError => Failed("the TLS handshake with its host failed; its certificate may not be trusted"),
        HttpRequestError.ProxyTunnelError => Failed("the proxy refused the connection"),
        _ => Broken,
    };

    /// <summary>The connection broke while an answer was being received.</summary>
    public static GitHubFault Broken { get; } =
        new(GitHubFaultKind.ServerError, "GitHub could not be reached: the connection was interrupted.") { IsOutcomeUnknown = true };

    private static GitHubFault Failed(string why) =>
        new(GitHubFaultKind.Unreachable, $"GitHub could not be reached: {why}.");
}
