using Microsoft.Extensions.Logging;

namespace PrEnv.Core.LeaderElection;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} is attempting to acquire Lease {Lease}")]
    public static partial void Standing(ILogger logger, string identity, string lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} has acquired Lease {Lease} and is the leader")]
    public static partial void Acquired(ILogger logger, string identity, string lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Leader} holds Lease {Lease} and is the leader; {Identity} is waiting")]
    public static partial void AnotherLeads(ILogger logger, string leader, string lease, string identity);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Identity} has lost Lease {Lease}: {Reason}. Cancelling its work")]
    public static partial void Lost(ILogger logger, string identity, string lease, string reason);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "The work of {Identity} did not end before Lease {Lease} expired; its writes are rejected")]
    public static partial void WorkGoesOn(ILogger logger, string identity, string lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} has released Lease {Lease}")]
    public static partial void Released(ILogger logger, string identity, string lease);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Identity} could not release Lease {Lease}, which will expire on its own: {Code} {Detail}")]
    public static partial void NotReleased(ILogger logger, string identity, string lease, int code, string detail);

    [LoggerMessage(Message = "{Identity} could not read or write Lease {Lease}; retrying: {Code} {Detail}")]
    public static partial void AttemptFailed(ILogger logger, LogLevel level, string identity, string lease, int code, string detail);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Identity} is reading Lease {Lease} before renewing it: {Code} {Detail}")]
    public static partial void SlowPath(ILogger logger, string identity, string lease, int code, string detail);
}
