using Microsoft.Extensions.Logging;

namespace PrEnv.Core.LeaderElection;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} stands for election by Lease {Lease}")]
    public static partial void Standing(ILogger logger, string identity, string lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} leads by Lease {Lease}")]
    public static partial void Acquired(ILogger logger, string identity, string lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Leader} leads by Lease {Lease}; {Identity} waits")]
    public static partial void AnotherLeads(ILogger logger, string leader, string lease, string identity);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Identity} has lost Lease {Lease}: {Reason}. Its work is cancelled")]
    public static partial void Lost(ILogger logger, string identity, string lease, string reason);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "The work of {Identity} did not end before Lease {Lease} ran out; its writes are refused")]
    public static partial void WorkGoesOn(ILogger logger, string identity, string lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} has released Lease {Lease}")]
    public static partial void Released(ILogger logger, string identity, string lease);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Identity} could not release Lease {Lease}, which runs out by itself: {Code} {Detail}")]
    public static partial void NotReleased(ILogger logger, string identity, string lease, int code, string detail);

    [LoggerMessage(Message = "{Identity} could not read or write Lease {Lease} and tries again: {Code} {Detail}")]
    public static partial void AttemptFailed(ILogger logger, LogLevel level, string identity, string lease, int code, string detail);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Identity} reads Lease {Lease} before it renews it: {Code} {Detail}")]
    public static partial void SlowPath(ILogger logger, string identity, string lease, int code, string detail);
}
