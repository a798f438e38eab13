namespace PrEnv.Core.Reconciling;

/// <summary>Kinds of <see cref="ReconcileResult"/>.</summary>
public enum ReconcileResultKind
{
    /// <summary>Nothing more to do until something changes.</summary>
    Success,

    /// <summary>Check again after a delay.</summary>
    RequeueAfter,

    /// <summary>Failed; retry with back-off.</summary>
    Error,

    /// <summary>Failed, and retrying would not help.</summary>
    TerminalError,
}

/// <summary>How a reconcile ended. Immutable.</summary>
public sealed record ReconcileResult
{
    private ReconcileResult(ReconcileResultKind kind, TimeSpan delay = default, Exception? exception = null)
    {
        Kind = kind;
        Delay = delay;
        Exception = exception;
    }

    /// <summary>Success: the next reconcile comes with the next change.</summary>
    public static ReconcileResult Done { get; } = new(ReconcileResultKind.Success);

    /// <summary>What happened.</summary>
    public ReconcileResultKind Kind { get; }

    /// <summary>When to check again; zero unless <see cref="ReconcileResultKind.RequeueAfter"/>.</summary>
    public TimeSpan Delay { get; }

    /// <summary>What went wrong; null unless an error.</summary>
    public Exception? Exception { get; }

    /// <summary>
    /// Success, and another reconcile after this delay. The delay is exact: earlier failures do not lengthen it and are forgotten. If it is
    /// not positive, same as <see cref="Done"/>. That reconcile has a low priority, and an earlier change takes its place.
    /// </summary>
    public static ReconcileResult RequeueAfter(TimeSpan delay) =>
        delay > TimeSpan.Zero ? new(ReconcileResultKind.RequeueAfter, delay) : Done;

    /// <summary>Failed; the key is added again with back-off.</summary>
    public static ReconcileResult Failed(Exception exception) => new(ReconcileResultKind.Error, exception: exception);

    /// <summary>Failed, and only a change can help: the key is not added again automatically.</summary>
    public static ReconcileResult FailedForGood(Exception exception) => new(ReconcileResultKind.TerminalError, exception: exception);
}

/// <summary>An error that retrying cannot fix.</summary>
public sealed class TerminalReconcileException : Exception
{
    /// <summary>Creates one.</summary>
    public TerminalReconcileException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
