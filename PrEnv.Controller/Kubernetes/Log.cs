namespace PrEnv.Controller.Kubernetes;

/// <summary>What the adapters log: names and statuses, never contents.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 200, Level = LogLevel.Error,
        Message = "Ignoring {Plural} {Key}: {Path} does not have the expected type. Correct that object; the others are not affected")]
    public static partial void Undecodable(ILogger logger, string plural, string key, string path);

    [LoggerMessage(
        EventId = 201, Level = LogLevel.Warning,
        Message = "The watch of {Plural} outlived its time-out: the API server or the connection is gone. Watching anew")]
    public static partial void WatchOverdue(ILogger logger, string plural);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "The watch of {Plural} broke off: {Reason}")]
    public static partial void WatchBroken(ILogger logger, string plural, string reason);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "Could not publish event {Reason} on {Namespace}/{Name}: {Code} {Message}")]
    public static partial void EventLost(ILogger logger, string reason, string @namespace, string name, int code, string message);

    [LoggerMessage(EventId = 204, Level = LogLevel.Debug, Message = "No event {Reason} on {Namespace}/{Name}: its namespace is going or gone ({Code})")]
    public static partial void EventWithoutNamespace(ILogger logger, string reason, string @namespace, string name, int code);
}
