namespace PrEnv.Controller.Webhooks;

/// <summary>
/// The deliveries that were processed, so that a repetition does nothing. A manual redelivery has the ID of the first attempt, so one
/// that failed is not remembered. See https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries. An ID that is
/// not a GUID, unlike GitHub's, is not remembered either: each entry takes the same small amount of memory. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class DeliveryLog(TimeProvider time)
{
    /// <summary>The maximum number that are remembered; the oldest are removed.</summary>
    public const int Capacity = 100_000;

    /// <summary>How long one is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _ids = [];
    private readonly Queue<(Guid Id, long At)> _oldestFirst = new();

    public bool Contains(string? id)
    {
        if (!Guid.TryParse(id, out var guid))
            return false;
        lock (_lock)
        {
            Forget();
            return _ids.Contains(guid);
        }
    }

    public void Add(string? id)
    {
        if (!Guid.TryParse(id, out var guid))
            return;
        lock (_lock)
        {
            if (!_ids.Add(guid))
                return;
            _oldestFirst.Enqueue((guid, time.GetTimestamp()));
            Forget();
        }
    }

    private void Forget()
    {
        while (_oldestFirst.TryPeek(out var oldest) && (_oldestFirst.Count > Capacity || time.GetElapsedTime(oldest.At) >= Memory))
            _ids.Remove(_oldestFirst.Dequeue().Id);
    }
}
