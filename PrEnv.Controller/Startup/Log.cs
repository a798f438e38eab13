namespace PrEnv.Controller.Startup;

internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Information, "PrEnv {Version} starts. Cluster {Server}, context {Context}; GitHub {GitHub}; options {Options}")]
    public static partial void Starting(ILogger logger, string version, string server, string context, Uri gitHub, string options);

    [LoggerMessage(2, LogLevel.Information, "The API server {Server} answers, version {KubernetesVersion}")]
    public static partial void ClusterReached(ILogger logger, string server, string kubernetesVersion);

    [LoggerMessage(3, LogLevel.Information, "{Endpoint} listens on {Address}")]
    public static partial void Listening(ILogger logger, string endpoint, string address);

    [LoggerMessage(4, LogLevel.Information, "Stopping on {Signal}; a second signal ends the process at once")]
    public static partial void Stopping(ILogger logger, string signal);

    [LoggerMessage(5, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(6, LogLevel.Critical, "{Service} failed and the process ends")]
    public static partial void ServiceFailed(ILogger logger, Exception exception, string service);
}
