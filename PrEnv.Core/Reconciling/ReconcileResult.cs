namespace PrEnv.Core.Reconciling;

/// <summary>Kinds of <see cref="ReconcileResult"/>.</summary>
public enum ReconcileResultKind
{
    /// <summary>Nothing more to do until something changes.</summary>
    Success,

    /// <summary>Look again after a time.</summary>
    RequeueAfter,

    /// <summary>Failed; try again with back-off.</summary>
    Error,

    /// <summary>Failed, and trying again would not help.</summary>
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

    /// <summary>Success: the next look comes with the next change.</summary>
    public static ReconcileResult Done { get; } = new(ReconcileResultKind.Success);

    /// <summary>What happened.</summary>
    public ReconcileResultKind Kind { get; }

    /// <summary>When to look again; zero unless <see cref="ReconcileResultKind.RequeueAfter"/>.</summary>
    public TimeSpan Delay { get; }

    /// <summary>What went wrong; null unless an error.</summary>
    public Exception? Exception { get; }

    /// <summary>
    /// Success, and a look after this delay whatever happens. It is exact: earlier failures do not lengthen it and are forgotten. Not
    /// positive: <see cref="Done"/>. The look has a low priority, and a change that comes before takes its place.
    /// </summary>
    public static ReconcileResult RequeueAfter(TimeSpan delay) =>
        delay > TimeSpan.Zero ? new(ReconcileResultKind.RequeueAfter, delay) : Done;

    /// <summary>Failed; the key comes back with back-off.</summary>
    public static ReconcileResult Failed(Exception exception) => new(ReconcileResultKind.Error, exception: exception);

    /// <summary>Failed, and only a change can help: the key does not come back by itself.</summary>
    public static ReconcileResult FailedForGood(Exception exception) => new(ReconcileResultKind.TerminalError, exception: exception);
}

/// <summary>An error that trying again would not cure.</summary>
public sealed class TerminalReconcileException : Exception
{
    /// <summary>Makes one.</summary>
    public TerminalReconcileException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
