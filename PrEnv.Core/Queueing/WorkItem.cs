namespace PrEnv.Core.Queueing;

/// <summary>What <see cref="WorkQueue{TKey}.GetAsync"/> hands out: a key to work on, or the news that there will be none.</summary>
/// <param name="Key">The key, now held by the caller until <see cref="WorkQueue{TKey}.Done"/>. Default when
/// <paramref name="IsShutdown"/>.</param>
/// <param name="IsShutdown">True when the queue was shut down and is empty: the worker may leave.</param>
/// <param name="Priority">The priority the key was handed out with: the one for its next try, should this one fail.</param>
public readonly record struct WorkItem<TKey>(TKey Key, bool IsShutdown, int Priority = KeyPriority.Normal)
    where TKey : notnull;
