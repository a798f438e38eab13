namespace PrEnv.Core.Informers;

/// <summary>One handler at one informer.</summary>
public interface IHandlerRegistration
{
    /// <summary>The handler's name in logs.</summary>
    string Name { get; }

    /// <summary>
    /// True once the handler has been called with everything that was there when it was registered, and with the first list. Never when it
    /// threw on one of those.
    /// </summary>
    bool HasSynced { get; }

    /// <summary>Completes when <see cref="HasSynced"/> becomes true; is cancelled when the handler ends before.</summary>
    Task Synced { get; }

    /// <summary>
    /// Completes when the handler will not be called any more, after removal or stop. Removal alone does not wait for a call in progress.
    /// Do not block on it inside the handler.
    /// </summary>
    Task Completion { get; }
}
