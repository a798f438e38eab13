namespace PrEnv.Core.Queueing;

/// <summary>What <see cref="WorkQueue{TKey}.GetAsync"/> hands out: a key to work on, or the news that there will be none.</summary>
/// <param name="Key">The key, now held by the caller until <see cref="WorkQueue{TKey}.Done"/>. Default when <paramref name="IsShutdown"/>.</param>
/// <param name="IsShutdown">True when the queue was shut down and is empty: the worker may leave.</param>
public readonly record struct WorkItem<TKey>(TKey Key, bool IsShutdown)
    where TKey : notnull;
