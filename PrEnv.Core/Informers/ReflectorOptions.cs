using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>
/// How a <see cref="Reflector{T}"/> reads. The defaults are client-go's, except for the caps for a missing kind and for <c>Retry-After</c>.
/// </summary>
public sealed record ReflectorOptions
{
    /// <summary>Names the kind in logs.</summary>
    public string Name { get; init; } = "objects";

    /// <summary>
    /// Read the current state by a streaming list first. If the server does not support that, a plain list is read. Default true.
    /// See https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists.
    /// </summary>
    public bool UseStreamingList { get; init; } = true;

    /// <summary>
    /// Read the current state from the server's storage at first, rather than whatever its cache holds: after a restart, a server that lags
    /// behind would show objects as they once were, and nothing tells that apart. Costs the server more. Default false.
    /// See https://kubernetes.io/docs/reference/using-api/api-concepts/#semantics-for-get-and-list.
    /// </summary>
    public bool StartsCurrent { get; init; }

    /// <summary>Page size for every list; null (the default) means 500 where paging is safe, and no paging elsewhere.</summary>
    public int? PageSize { get; init; }

    /// <summary>
    /// The server is asked to close a watch after this time, or up to twice as long at random. Default and minimum 5 minutes.
    /// </summary>
    public TimeSpan MinWatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A watch that the server has not closed this long after its timeout is closed here. Default 30 s.</summary>
    public TimeSpan WatchDeadlineSlack { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A streaming list that makes no progress for this long is replaced by a plain list. Default 30 s.</summary>
    public TimeSpan StreamingListStall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The delay after the first failure. Default 800 ms. It doubles with each further one.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>The cap of the delay, before jitter. Default 30 s.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Up to this fraction of the delay is added at random. Default 1.0.</summary>
    public double BackoffJitter { get; init; } = 1.0;

    /// <summary>After this long without a delay, delays start at the minimum again. Default 2 minutes.</summary>
    public TimeSpan BackoffReset { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The longest delay, including jitter, while the kind is not installed: how soon a new CRD is noticed. Default 10 s.
    /// </summary>
    public TimeSpan MissingKindCap { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time that a server's <c>Retry-After</c> may delay the reading. Default 2 minutes.</summary>
    public TimeSpan RetryAfterCap { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// For how long a watch that fails with an internal error is reopened before everything is listed again. Default zero: immediately.
    /// </summary>
    public TimeSpan InternalErrorBudget { get; init; }

    /// <summary>Source of random numbers in [0, 1).</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Called with each failure of a list or watch, on the reflector's own flow; what it throws is logged.</summary>
    public Action<ApiStatus>? OnFailure { get; init; }
}
