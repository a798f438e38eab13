using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Leases;

/// <summary>A <c>coordination.k8s.io/v1</c> Lease. What others have written to it, labels and fields that are not ours, is kept.</summary>
/// <param name="client">
/// Preferably a client of its own, so that no other request delays a renewal, and without HTTP/2: a request that hangs is abandoned with
/// its connection.
/// </param>
/// <param name="key">Where it is; the namespace must exist.</param>
internal sealed class LeaseLock(RawKubernetes client, ResourceKey key) : ILeaseLock
{
    /// <summary>How Kubernetes writes a <c>MicroTime</c>.</summary>
    public const string MicroTime = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private const string Kind = "Lease";

    // As it was last read or written, including its version: the update's precondition.
    private JsonObject? _last;

    public string Name => key.ToString();

    /// <summary>Names the Lease in an event, as it was last read or written.</summary>
    public EventRegarding Reference => new(
        ApiResource.Leases.ApiVersion, Kind, key.Namespace, key.Name, Meta("uid"), Meta("resourceVersion"));

    public async Task<LeaderRecord?> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Read(await SendAsync(ApiRequest.Get(ApiResource.Leases.ObjectPath(key.Namespace, key.Name)), cancellationToken));
        }
        catch (ApiStatusException absent) when (absent.Status.IsNotFound)
        {
            return null;
        }
    }

    public Task CreateAsync(LeaderRecord record, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = ApiResource.Leases.ApiVersion,
            ["kind"] = Kind,
            ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
        };
        Write(body, record);
        return SendAsync(ApiRequest.Post(ApiResource.Leases.CollectionPath(key.Namespace), Utf8(body)), cancellationToken);
    }

    public Task UpdateAsync(LeaderRecord record, CancellationToken cancellationToken)
    {
        var body = (_last ?? throw new InvalidOperationException("The Lease was neither read nor written before.")).DeepClone().AsObject();
        Write(body, record);
        return SendAsync(ApiRequest.Put(ApiResource.Leases.ObjectPath(key.Namespace, key.Name), Utf8(body)), cancellationToken);
    }

    private async Task<JsonObject> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var reply = await client.SendAsync(request, ApiJson.Default.JsonNode, cancellationToken);
        return _last = reply.Value.AsObject();
    }

    private string Meta(string field) => (string?)_last?["metadata"]?[field] ?? "";

    private static void Write(JsonObject lease, LeaderRecord record)
    {
        if (lease["spec"] is not JsonObject spec)
            lease["spec"] = spec = [];
        spec["holderIdentity"] = record.HolderIdentity;
        spec["leaseDurationSeconds"] = (int)record.LeaseDuration.TotalSeconds;
        spec["acquireTime"] = Text(record.AcquireTime);
        spec["renewTime"] = Text(record.RenewTime);
        spec["leaseTransitions"] = record.LeaderTransitions;
    }

    private static LeaderRecord Read(JsonObject lease) => lease["spec"] is JsonObject spec
        ? new LeaderRecord(
            (string?)spec["holderIdentity"] ?? "",
            TimeSpan.FromSeconds((int?)spec["leaseDurationSeconds"] ?? 0),
            Time(spec["acquireTime"]),
            Time(spec["renewTime"]),
            (int?)spec["leaseTransitions"] ?? 0)
        : LeaderRecord.Empty;

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString(MicroTime, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(JsonNode? text) =>
        DateTimeOffset.TryParse((string?)text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static byte[] Utf8(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.JsonNode);
}
