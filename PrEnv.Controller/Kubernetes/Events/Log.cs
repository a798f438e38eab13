namespace PrEnv.Controller.Kubernetes.Events;

/// <summary>What publishing events logs: names and statuses, never contents.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 203, Level = LogLevel.Warning, Message = "Could not publish event {Reason} on {Namespace}/{Name}: {Code} {Message}")]
    public static partial void EventLost(ILogger logger, string reason, string @namespace, string name, int code, string message);

    [LoggerMessage(
        EventId = 204, Level = LogLevel.Debug,
        Message = "Did not publish event {Reason} on {Namespace}/{Name}: the namespace is being deleted or does not exist ({Code})")]
    public static partial void EventWithoutNamespace(ILogger logger, string reason, string @namespace, string name, int code);
}
