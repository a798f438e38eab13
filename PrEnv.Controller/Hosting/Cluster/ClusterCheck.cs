using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.Models;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;

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

    /// <exception cref="StartupException">The server cannot be reached, or refuses the credentials.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var client = new k8s.Kubernetes(connection.Configuration, [.. connection.Impersonation.Handlers()]);
            var version = await AskAsync(client, either.Token);
            Log.ClusterReached(logger, connection.Server, version.GitVersion);
        }
        catch (HttpOperationException refusal)
        {
            Judge(refusal);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable($"no answer within {Patience.TotalSeconds} seconds");
        }
        catch (Exception failure) when (
            failure is HttpRequestException or KubeConfigException or IOException or FormatException or System.Text.Json.JsonException)
        {
            throw Unreachable(OneLine.Of(failure.InnerException ?? failure), failure);
        }
    }

    // Servers written in Go close a connection on which the first HTTP/2 frame takes longer than two seconds. Under a small CPU limit,
    // that happens to a process that has just started, and to its first connection only.
    private static async Task<VersionInfo> AskAsync(k8s.Kubernetes client, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await client.Version.GetCodeAsync(cancellationToken);
            }
            catch (Exception closed) when (attempt < Attempts && (closed as HttpRequestException)?.InnerException is IOException)
            {
                // Once more.
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Judge(HttpOperationException refusal)
    {
        var status = refusal.Response.StatusCode;
        if (status == HttpStatusCode.Unauthorized)
        {
            throw new StartupException(
                $"Kubernetes: {connection.Server} rejected the credentials of {Origin} (401 Unauthorized). Log in again, or choose another "
                + "context with --context.", refusal);
        }

        // A server that does not reveal its version is reachable nevertheless.
        if (status == HttpStatusCode.Forbidden)
            Log.ClusterReached(logger, connection.Server, "unknown");
        else
            throw Unreachable($"it returned {(int)status} when asked for its version", refusal);
    }

    private string Origin => $"context {OptionParsers.Quote(connection.Context)} ({connection.Source})";

    private StartupException Unreachable(string why, Exception? cause = null) => new(
        $"Kubernetes: {connection.Server} of {Origin} cannot be reached: {why}. Is the cluster running? Choose another one with --context "
        + "or --kubeconfig.", cause);
}
