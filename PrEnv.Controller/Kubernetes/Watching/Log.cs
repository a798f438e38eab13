namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>What watches log: names and statuses, never contents.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 200, Level = LogLevel.Error,
        Message = "Ignoring {Plural} {Key}: {Path} has an unexpected type. Correct this object; others are not affected")]
    public static partial void Undecodable(ILogger logger, string plural, string key, string path);

    [LoggerMessage(
        EventId = 201, Level = LogLevel.Warning,
        Message = "The watch of {Plural} outlived its timeout: the API server or the connection is gone. Restarting the watch")]
    public static partial void WatchOverdue(ILogger logger, string plural);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "The watch of {Plural} was interrupted: {Reason}")]
    public static partial void WatchBroken(ILogger logger, string plural, string reason);
}
