using Microsoft.Extensions.Logging;

namespace PrEnv.Core.Reconciling;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} is starting {Workers} workers")]
    public static partial void Starting(ILogger logger, string name, int workers);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} has stopped")]
    public static partial void Stopped(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} failed to reconcile {Key}; retrying")]
    public static partial void Failed(ILogger logger, Exception exception, string name, object key);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} failed to reconcile {Key}; waiting for a change")]
    public static partial void FailedForGood(ILogger logger, Exception exception, string name, object key);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} cancelled the reconcile of {Key} during shutdown")]
    public static partial void Cancelled(ILogger logger, string name, object key);
}
