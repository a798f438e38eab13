using System.Globalization;
using System.Text.Json;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Leases;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Leadership;

/// <summary>
/// Events on the Lease, with the reason <c>LeaderElection</c> as in controller-runtime: <c>kubectl describe lease</c> shows which instance
/// was the leader and when.
/// </summary>
/// <param name="client">Owned.</param>
/// <param name="lease">Read or written by this process before.</param>
/// <param name="key">Where it is.</param>
/// <param name="identity">Name of this candidate.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">For people.</param>
internal sealed class LeaseEvents(
    RawKubernetes client, LeaseLock lease, ResourceKey key, string identity, TimeProvider time, ILogger<LeaseEvents> logger) : IDisposable
{
    // An event is optional: the election does not wait long for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Publishes the identity and what it has done. Never throws: an event that cannot be written is logged.</summary>
    public async Task PublishAsync(string deed, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(Event(deed), ApiJson.Default.EventBody);
            await client.SendAsync(
                ApiRequest.Post(ApiResource.Events.CollectionPath(key.Namespace), body), ApiJson.Default.MetadataOnly, either.Token);
        }
        catch (ApiStatusException failure)
        {
            Log.LeaseEventLost(logger, key, failure.Status.Code, failure.Status.Message);
        }
        catch (OperationCanceledException)
        {
            Log.LeaseEventLost(logger, key, 0, "no answer in time");
        }
    }

    public void Dispose() => client.Dispose();

    private EventBody Event(string deed)
    {
        var now = time.GetUtcNow();
        return new EventBody
        {
            ApiVersion = ApiResource.Events.ApiVersion,
            Metadata = new EventMetadata($"{key.Name}.{now.UtcTicks.ToString("x16", CultureInfo.InvariantCulture)}", key.Namespace),
            EventTime = now.UtcDateTime.ToString(LeaseLock.MicroTime, CultureInfo.InvariantCulture),
            Type = "Normal",
            Reason = "LeaderElection",
            Action = "Elect",
            Note = $"{identity} {deed}",
            Regarding = lease.Reference,
            ReportingController = OwnerLabels.Manager,
            ReportingInstance = identity,
        };
    }
}
