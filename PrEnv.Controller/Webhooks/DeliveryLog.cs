using Microsoft.Extensions.Caching.Memory;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// The deliveries that were carried out, so that a repetition does nothing. A manual redelivery bears the id of the first attempt, so one that
/// failed is not remembered. See https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries. Thread-safe.
/// </summary>
internal sealed class DeliveryLog : IDisposable
{
    private const int Capacity = 100_000;
    private const int MaxIdLength = 64;

    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly MemoryCache _ids = new(new MemoryCacheOptions { SizeLimit = Capacity });

    public bool Contains(string? id) => id is not null && _ids.TryGetValue(id, out _);

    public void Add(string? id)
    {
        if (id is null or { Length: > MaxIdLength }) return;
        _ids.Set(id, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Memory });
    }

    public void Dispose() => _ids.Dispose();
}
