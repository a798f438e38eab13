using PrEnv.Core.Objects;

namespace PrEnv.Controller.Leadership;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not publish an event on Lease {Lease}: {Code} {Message}")]
    public static partial void LeaseEventLost(ILogger logger, ResourceKey lease, int code, string message);
}
