using System.Net;
using k8s.Exceptions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>
/// Asks the API server for its version before anything else starts: a wrong kubeconfig should end the process with one line, not fill the
/// log.
/// After startup, the process waits for a server that is unreachable.
/// </summary>
internal sealed class ClusterCheck(ClusterConnection connection, TimeProvider time, ILogger<ClusterCheck> logger) : IHostedService
{
    // A cold start on a busy node, or under a small CPU limit, takes seconds for the first TLS connection alone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int Attempts = 3;

    private const string Unknown = "unknown";

    /// <exception cref="StartupException">The server cannot be reached, or refuses the credentials.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new RawKubernetes(connection.Configuration, time, [.. connection.Impersonation.Handlers()])
            {
                Patience = Patience,
            };
            Log.ClusterReached(logger, connection.Server, await AskAsync(client, cancellationToken));
        }
        catch (ApiStatusException failure)
        {
            Judge(failure);
        }
        catch (Exception failure) when (failure is KubeConfigException or IOException or FormatException)
        {
            throw Unreachable(OneLine.Of(failure.InnerException ?? failure), failure);
        }
    }

    // Servers written in Go close a connection on which the first HTTP/2 frame takes longer than two seconds. Under a small CPU limit,
    // that happens to a process that has just started, and to its first connection only.
    private static async Task<string> AskAsync(RawKubernetes client, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var reply = await client.SendAsync(ApiRequest.Get("version"), ApiJson.Default.VersionBody, cancellationToken);
                return reply.Value.GitVersion ?? Unknown;
            }
            catch (ApiStatusException closed) when (
                attempt < Attempts && closed.InnerException is HttpRequestException { InnerException: IOException })
            {
                // Once more.
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Judge(ApiStatusException failure)
    {
        switch (failure.Status)
        {
            case { Code: (int)HttpStatusCode.Unauthorized }:
                throw new StartupException(
                    $"Kubernetes: {connection.Server} rejected the credentials of {Origin} (401 Unauthorized). Log in again, or choose "
                    + "another context with --context.", failure);
            // A server that does not reveal its version is reachable nevertheless.
            case { Code: (int)HttpStatusCode.Forbidden }:
                Log.ClusterReached(logger, connection.Server, Unknown);
                break;
            case { Code: 0, Reason: ApiFailures.Timeout }:
                throw Unreachable($"no answer within {Patience.TotalSeconds} seconds", failure);
            case { Code: > 0 } when failure.InnerException is null:
                throw Unreachable($"it returned {failure.Status.Code} when asked for its version", failure);
            default:
                throw Unreachable(OneLine.Of(Innermost(failure)), failure);
        }
    }

    // A status for callers says less than what it stands for.
    private static Exception Innermost(ApiStatusException failure) =>
        failure.InnerException?.InnerException ?? failure.InnerException ?? failure;

    private string Origin => $"context {OptionParsers.Quote(connection.Context)} ({connection.Source})";

    private StartupException Unreachable(string why, Exception? cause = null) => new(
        $"Kubernetes: {connection.Server} of {Origin} cannot be reached: {why}. Is the cluster running? Choose another one with --context "
        + "or --kubeconfig.", cause);
}
