namespace PrEnv.Core.Informers;

/// <summary>One handler at one informer.</summary>
public interface IHandlerRegistration
{
    /// <summary>The handler's name in logs.</summary>
    string Name { get; }

    /// <summary>
    /// True once the handler has been called with everything that existed when it was registered, and with the first list. Never true if it
    /// threw on one of those calls.
    /// </summary>
    bool HasSynced { get; }

    /// <summary>Completes when <see cref="HasSynced"/> becomes true; is cancelled if the handler is stopped before.</summary>
    Task Synced { get; }

    /// <summary>
    /// Completes when the handler will no longer be called, after removal or stop. Removal alone does not wait for a call in progress.
    /// Do not block on it inside the handler.
    /// </summary>
    Task Completion { get; }
}
