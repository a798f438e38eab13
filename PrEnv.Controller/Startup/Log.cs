namespace PrEnv.Controller.Startup;

internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Information, "Starting PrEnv {Version}. Cluster {Server}, context {Context}; GitHub {GitHub}; options {Options}")]
    public static partial void Starting(ILogger logger, string version, string server, string context, Uri gitHub, string options);

    [LoggerMessage(2, LogLevel.Information, "Connected to the API server {Server}, version {KubernetesVersion}")]
    public static partial void ClusterReached(ILogger logger, string server, string kubernetesVersion);

    [LoggerMessage(3, LogLevel.Information, "{Endpoint} is listening on {Address}")]
    public static partial void Listening(ILogger logger, string endpoint, string address);

    [LoggerMessage(4, LogLevel.Information, "Received {Signal}, shutting down; a second signal ends the process immediately")]
    public static partial void Stopping(ILogger logger, string signal);

    [LoggerMessage(5, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(6, LogLevel.Critical, "{Service} failed; the process is exiting")]
    public static partial void ServiceFailed(ILogger logger, Exception exception, string service);
}
