using Microsoft.Extensions.Logging;

namespace PrEnv.Core.Reconciling;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} starts {Workers} workers")]
    public static partial void Starting(ILogger logger, string name, int workers);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} has stopped")]
    public static partial void Stopped(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} failed to reconcile {Key} and will try again")]
    public static partial void Failed(ILogger logger, Exception exception, string name, object key);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} failed to reconcile {Key} and waits for a change")]
    public static partial void FailedForGood(ILogger logger, Exception exception, string name, object key);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} cancelled the reconcile of {Key} on its way out")]
    public static partial void Cancelled(ILogger logger, string name, object key);
}
