using PrEnv.Core.Objects;

namespace PrEnv.Controller.Probing;

internal static partial class Log
{
    // No URL: its query may contain secrets.
    [LoggerMessage(1, LogLevel.Debug, "Probe of {Release}: {Answer}")]
    public static partial void Probed(ILogger logger, ResourceKey release, string answer);

    [LoggerMessage(2, LogLevel.Information, "Environment {Release} changed from {Before} to {After}: {Answer}")]
    public static partial void VerdictChanged(ILogger logger, ResourceKey release, ProbeVerdict before, ProbeVerdict after, string answer);
}
