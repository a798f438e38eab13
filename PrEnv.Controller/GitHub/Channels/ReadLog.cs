using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Channels;

/// <summary>What readers log when they cannot read from GitHub. Never a token, a header or a body.</summary>
internal static partial class ReadLog
{
    /// <param name="logger">The reader's.</param>
    /// <param name="what">With its article: "the comments".</param>
    /// <param name="access">The repository.</param>
    /// <param name="fault">Why.</param>
    public static void NotRead(ILogger logger, string what, RepositoryAccess access, GitHubFault fault) =>
        NotRead(logger, what, access.Owner, access.Name, fault.Reason, fault.Message);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Could not read {What} of {Owner}/{Repository}: {Reason}. {Message}")]
    private static partial void NotRead(
        ILogger logger, string what, string owner, string repository, UnavailableReason reason, string message);
}
