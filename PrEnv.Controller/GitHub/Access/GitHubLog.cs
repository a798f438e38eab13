using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Access;

/// <summary>Never a token, a header or a body; exceptions by their type only, because their texts may quote those.</summary>
internal static partial class GitHubLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "GitHub answered {Method} {Path} with {Status}, {Remaining} requests left")]
    public static partial void Answered(ILogger logger, HttpMethod method, string? path, int status, long? remaining);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Credential {CredentialId} sends nothing until {Until:O}: {Message}")]
    public static partial void Limited(ILogger logger, string credentialId, DateTimeOffset? until, string message);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to GitHub failed in an unforeseen way: {ExceptionType}")]
    public static partial void Unforeseen(ILogger logger, string exceptionType);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Listed {Count} open pull requests of {Owner}/{Repository} in {Pages} pages")]
    public static partial void Listed(ILogger logger, int count, string owner, string repository, int pages);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Cannot list the pull requests of {Owner}/{Repository}: {Reason}. {Message}")]
    public static partial void NotListed(ILogger logger, string owner, string repository, UnavailableReason reason, string message);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The state of {Owner}/{Repository}#{Number} is not known: {Reason}. {Message}")]
    public static partial void StateUnknown(
        ILogger logger, string owner, string repository, int number, UnavailableReason reason, string message);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Posted {State} for {Owner}/{Repository}@{Sha} as {Context}")]
    public static partial void Posted(ILogger logger, string state, string owner, string repository, string sha, string context);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Wrote {What} of {Owner}/{Repository}: {Method} {Path}")]
    public static partial void Wrote(ILogger logger, string what, string owner, string repository, HttpMethod method, string path);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Cannot read {What} of {Owner}/{Repository}: {Reason}. {Message}")]
    public static partial void NotRead(ILogger logger, string what, string owner, string repository, UnavailableReason reason, string message);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Cannot read the statuses of {Owner}/{Repository}@{Sha}: {Reason}. {Message}")]
    public static partial void StatusUnknown(
        ILogger logger, string owner, string repository, string sha, UnavailableReason reason, string message);
}
