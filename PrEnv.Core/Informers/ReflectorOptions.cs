using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>
/// How a <see cref="Reflector{T}"/> reads. The defaults are client-go's, the caps of a missing kind and of <c>Retry-After</c> aside.
/// </summary>
public sealed record ReflectorOptions
{
    /// <summary>Names the kind in logs.</summary>
    public string Name { get; init; } = "objects";

    /// <summary>
    /// Read the present state by a streaming list first. A server that cannot is listed instead. Default true.
    /// See https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists.
    /// </summary>
    public bool UseStreamingList { get; init; } = true;

    /// <summary>Page size for every list; null (the default) is 500 where paging is safe, none elsewhere.</summary>
    public int? PageSize { get; init; }

    /// <summary>
    /// The server is asked to close a watch after this time, or up to twice as long by chance. Default and least 5 minutes.
    /// </summary>
    public TimeSpan MinWatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A watch that the server has not closed this long after its time is closed here. Default 30 s.</summary>
    public TimeSpan WatchDeadlineSlack { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A streaming list that brings nothing for this long is given up for a plain list. Default 30 s.</summary>
    public TimeSpan StreamingListStall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The first delay after a failure. Default 800 ms. It doubles with each.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>The cap of the delay, before jitter. Default 30 s.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Up to this part of the delay is added by chance. Default 1.0.</summary>
    public double BackoffJitter { get; init; } = 1.0;

    /// <summary>After this long without a delay the delays start small again. Default 2 minutes.</summary>
    public TimeSpan BackoffReset { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The longest delay, jitter included, while the server says that there is no such kind: how soon a new CRD is noticed. Default 10 s.
    /// </summary>
    public TimeSpan MissingKindCap { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time that a server's <c>Retry-After</c> may hold up the reading. Default 2 minutes.</summary>
    public TimeSpan RetryAfterCap { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// For how long a watch that fails with an internal error is opened again before everything is listed again. Default zero: at once.
    /// </summary>
    public TimeSpan InternalErrorBudget { get; init; }

    /// <summary>Chance: gives numbers in [0, 1).</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Called with each failure of a list or watch, on the reflector's own flow; what it throws is logged.</summary>
    public Action<ApiStatus>? OnFailure { get; init; }
}
