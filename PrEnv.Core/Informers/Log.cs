using Microsoft.Extensions.Logging;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Listing {Name} failed: {Code} {Reason}: {Detail}")]
    public static partial void ListFailed(ILogger logger, string name, int code, string reason, string detail);

    [LoggerMessage(Level = LogLevel.Information, Message = "The watch of {Name} ended: {Code} {Reason}: {Detail}")]
    public static partial void WatchFailed(ILogger logger, string name, int code, string reason, string detail);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "No streaming list of {Name} is available; listing instead: {Code} {Reason}: {Detail}")]
    public static partial void StreamingListRefused(ILogger logger, string name, int code, string reason, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The streaming list of {Name} is not complete yet")]
    public static partial void StillStreaming(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "Skipped an unusable watch event of {Name}: {Type}")]
    public static partial void EventSkipped(ILogger logger, string name, WatchEventType type);

    [LoggerMessage(Level = LogLevel.Error, Message = "Skipped a watch event of {Name} whose object {Key} could not be transformed")]
    public static partial void TransformFailed(ILogger logger, Exception exception, string name, ResourceKey key);

    [LoggerMessage(Level = LogLevel.Error, Message = "A callback of the reflector of {Name} threw an exception")]
    public static partial void CallbackFailed(ILogger logger, Exception exception, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "Handler {Handler} threw an exception on {Kind} of {Key}")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string handler, StoreChangeKind kind, ResourceKey key);
}
