namespace PrEnv.Core.Queueing;

/// <summary>
/// What <see cref="WorkQueue{TKey}.GetAsync"/> hands out: a key to work on, or the information that there will be no more.
/// </summary>
/// <param name="Key">The key, now held by the caller until <see cref="WorkQueue{TKey}.Done"/>. Default when
/// <paramref name="IsShutdown"/>.</param>
/// <param name="IsShutdown">True when the queue was shut down and is empty: the worker may stop.</param>
/// <param name="Priority">The priority the key was handed out with: the one for its next attempt, if this one fails.</param>
public readonly record struct WorkItem<TKey>(TKey Key, bool IsShutdown, int Priority = KeyPriority.Normal)
    where TKey : notnull;
