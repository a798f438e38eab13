using System.Globalization;
using System.Net;
using System.Text.Json;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Kubernetes.Events;

/// <summary>
/// Publishes <c>events.k8s.io/v1</c> events, which <c>kubectl describe</c> and <c>kubectl events</c> show. One that recurs within
/// <see cref="SeriesWindow"/> does not create a new object but increases the count of the first one's series. Thread-safe; two at the same
/// moment with the same cause may be counted as one.
/// </summary>
internal sealed class EventPublisher(RawKubernetes client, TimeProvider time, ILogger<EventPublisher> logger) : IEventPublisher
{
    /// <summary>client-go's; see https://pkg.go.dev/k8s.io/client-go/tools/events.</summary>
    public static readonly TimeSpan SeriesWindow = TimeSpan.FromMinutes(6);

    private const int MaxRemembered = 4096;
    private const int MaxNameLength = 253;
    private const int MaxInstanceLength = 128;
    private const string MicroTime = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // In a pod, the machine's name is the pod's.
    private static readonly string Instance = Shorten(Environment.MachineName, MaxInstanceLength);

    private readonly ExpiringMap<Cause, Published> _recent = new(time, SeriesWindow, MaxRemembered);
    private long _lastName;

    public async Task PublishAsync(PREphemeralEnvController resource, PlannedEvent planned, CancellationToken cancellationToken)
    {
        try
        {
            var note = EventNote.From(planned.Note);
            var cause = new Cause(resource.Metadata.Uid, planned.Type, planned.Reason, planned.Subject, note);
            if (_recent.TryGet(cause, out var first) && await ContinueAsync(resource, first, cancellationToken))
            {
                _recent.Set(cause, first with { Count = first.Count + 1 });
                return;
            }

            var name = await CreateAsync(resource, planned, note, cancellationToken);
            _recent.Set(cause, new Published(name, 1));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down: the next process finds the same cause and publishes the event itself.
        }
        catch (ApiStatusException e) when (IsNamespaceGoing(e.Status))
        {
            Log.EventWithoutNamespace(logger, planned.Reason, resource.Metadata.Namespace, resource.Metadata.Name, e.Status.Code);
        }
        catch (ApiStatusException e)
        {
            Log.EventLost(logger, planned.Reason, resource.Metadata.Namespace, resource.Metadata.Name, e.Status.Code, e.Status.Message);
        }
    }

    private async Task<string> CreateAsync(
        PREphemeralEnvController resource, PlannedEvent planned, string note, CancellationToken cancellationToken)
    {
        var @event = new EventBody
        {
            ApiVersion = ApiResource.Events.ApiVersion,
            Metadata = new EventMetadata(UniqueName(resource.Metadata.Name), resource.Metadata.Namespace),
            EventTime = Now(),
            Type = planned.Type,
            Reason = planned.Reason,
            Action = planned.Action,
            Note = note,
            Regarding = EventRegarding.Of(resource),
            ReportingController = OwnerLabels.Manager,
            ReportingInstance = Instance,
        };
        var path = ApiResource.Events.CollectionPath(resource.Metadata.Namespace);
        await SendAsync(ApiRequest.Post(path, JsonSerializer.SerializeToUtf8Bytes(@event, ApiJson.Default.EventBody)), cancellationToken);
        return @event.Metadata.Name;
    }

    // False when the first event no longer exists: the server keeps events for an hour by default, or less.
    private async Task<bool> ContinueAsync(PREphemeralEnvController resource, Published first, CancellationToken cancellationToken)
    {
        var patch = new EventSeriesPatch(new EventSeries(first.Count + 1, Now()));
        var path = ApiResource.Events.ObjectPath(resource.Metadata.Namespace, first.Name);
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(patch, ApiJson.Default.EventSeriesPatch);
            await SendAsync(ApiRequest.MergePatch(path, body), cancellationToken);
            return true;
        }
        catch (ApiStatusException e) when (e.Status.IsNotFound)
        {
            return false;
        }
    }

    private Task<ApiReply<MetadataOnly>> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        client.SendAsync(request, ApiJson.Default.MetadataOnly, cancellationToken);

    // A namespace that is being deleted forbids new objects (cause NamespaceTerminating), and then no longer exists.
    private static bool IsNamespaceGoing(ApiStatus status) =>
        status.IsNotFound
        || (status.Code == (int)HttpStatusCode.Forbidden
        && status.Causes?.Contains("NamespaceTerminating", StringComparer.Ordinal) == true);

    // By time, as client-go names them: kubectl describe sorts by a time stamp that this API does not have, and so keeps the order of the
    // names.
    private string UniqueName(string resource)
    {
        var now = time.GetUtcNow().UtcTicks;
        long last;
        do
            last = Interlocked.Read(ref _lastName);
        while (Interlocked.CompareExchange(ref _lastName, Math.Max(last + 1, now), last) != last);
        var suffix = Math.Max(last + 1, now).ToString("x16", CultureInfo.InvariantCulture);

        // Shortening may leave a dot or a dash at the end, and neither is allowed before the next dot.
        return $"{Shorten(resource, MaxNameLength - suffix.Length - 1).TrimEnd('.', '-')}.{suffix}";
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];

    private string Now() => time.GetUtcNow().UtcDateTime.ToString(MicroTime, CultureInfo.InvariantCulture);

    private readonly record struct Cause(string ResourceUid, string Type, string Reason, int? Subject, string Note);

    private sealed record Published(string Name, int Count);
}
