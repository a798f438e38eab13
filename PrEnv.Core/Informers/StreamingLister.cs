using Microsoft.Extensions.Logging;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>
/// Reads the current state from the beginning of a stream, which then continues as the watch. Not thread-safe.
/// See https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists.
/// </summary>
internal sealed class StreamingLister<T>(
    Func<WatchOptions, CancellationToken, WatchSession<T>> open,
    IReflectorStore<T> store,
    ReflectorPosition position,
    ReflectorHealth health,
    ReflectorOptions options,
    TimeProvider time,
    ILogger logger)
    where T : class, IClusterObject
{
    private static readonly TimeSpan WarnPeriod = TimeSpan.FromSeconds(10);

    /// <summary>The open watch once the store has the current state; null when a plain list is needed.</summary>
    public async Task<WatchSession<T>?> TryListAsync(Func<TimeSpan> timeout, Func<T, T> transform, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = position.ForStreamingList;
            var session = open(new WatchOptions(version, timeout(), SendInitialEvents: true), cancellationToken);
            var isSynced = false;
            ApiStatus? failure;
            try
            {
                (isSynced, failure) = await ReadInitialEventsAsync(session, transform);
                if (isSynced)
                    return session;
            }
            finally
            {
                if (!isSynced)
                    await session.DisposeAsync();
            }

            if (!await MayTryAgainAsync(version, failure, cancellationToken))
                return null;
        }
    }

    private async Task<(bool IsSynced, ApiStatus? Failure)> ReadInitialEventsAsync(WatchSession<T> session, Func<T, T> transform)
    {
        // Collected separately: the stream may break before it is complete, and a part must not replace the whole.
        var collected = new Dictionary<ResourceKey, T>();
        var lastEvent = time.GetTimestamp();
        var stalled = false;
        string? version = null;
        await using var ticker = time.CreateTimer(_ => Tick(), null, WarnPeriod, WarnPeriod);

        var end = await session.ReadAsync(change =>
        {
            Interlocked.Exchange(ref lastEvent, time.GetTimestamp());
            version = Collect(collected, change, transform);
            return version is null;
        });
        if (end.Kind == WatchEndKind.Paused)
        {
            store.Replace(collected.Values, version!);
            position.Synced(version!);
            health.ListSucceeded();
            return (true, null);
        }

        return (false, stalled ? new ApiStatus(-1, "Stalled", "The streaming list made no progress for too long.") : end.Status);

        void Tick()
        {
            Log.StillStreaming(logger, options.Name);
            if (time.GetElapsedTime(Interlocked.Read(ref lastEvent)) < options.StreamingListStall)
                return;
            stalled = true;
            session.Abort();
        }
    }

    /// <summary>The version when this event ends the list, else null.</summary>
    private string? Collect(Dictionary<ResourceKey, T> collected, WatchEvent<T> change, Func<T, T> transform)
    {
        switch (change)
        {
            case { Type: WatchEventType.Bookmark }:
                return change.InitialEventsEnd ? change.ResourceVersion ?? "" : null;
            case { Type: WatchEventType.Added or WatchEventType.Modified, Object: { } item }:
                collected[item.Key] = transform(item);
                return null;
            case { Type: WatchEventType.Deleted, Object: { } item }:
                collected.Remove(item.Key);
                return null;
            default:
                Log.EventSkipped(logger, options.Name, change.Type);
                return null;
        }
    }

    private async Task<bool> MayTryAgainAsync(string version, ApiStatus? failure, CancellationToken cancellationToken)
    {
        if (failure is null || failure.IsPassing())
        {
            if (failure is not null)
                health.ListFailed(failure);
            await health.PauseAsync(failure, cancellationToken);
            return true;
        }

        if (failure.IsUnusableVersion() && version.Length > 0)
        {
            position.Unavailable();
            return true;
        }

        // Any other answer: a server that cannot stream lists returns Invalid, and progress matters more than the reason.
        Log.StreamingListRefused(logger, options.Name, failure.Code, failure.Reason, failure.Message);
        return false;
    }
}
