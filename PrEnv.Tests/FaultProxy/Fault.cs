namespace PrEnv.Tests.FaultProxy;

/// <summary>What an <see cref="HttpFaultProxy"/> does to an answer.</summary>
internal enum FaultKind
{
    /// <summary>The connection breaks in the middle, wherever that is in a line.</summary>
    Cut,

    /// <summary>The answer ends properly in the middle, as a proxy does that loses its server.</summary>
    End,

    /// <summary>Nothing comes for a while, then the connection breaks.</summary>
    Stall,

    /// <summary>Nothing comes for a while, then it goes on.</summary>
    Delay,

    /// <summary>The bytes come one by one for a while.</summary>
    Split,

    /// <summary>A line comes twice.</summary>
    DuplicateLine,

    /// <summary>Two lines come in the wrong order.</summary>
    SwapLines,

    /// <summary>The stream says that its version has expired.</summary>
    ExpireInStream,

    /// <summary>The request is refused: 410.</summary>
    RefuseExpired,

    /// <summary>The request is refused: 429, with or without a time.</summary>
    RefuseBusy,

    /// <summary>The request is refused: 503, with or without a time.</summary>
    RefuseUnavailable,
}

/// <summary>One fault.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="AfterBytes">After so many bytes of the body since the answer's begin or its fault before; no matter for a refusal.</param>
/// <param name="Seconds">For a refusal, its <c>Retry-After</c>; null for none.</param>
internal sealed record Fault(FaultKind Kind, int AfterBytes = 0, int? Seconds = null)
{
    public bool IsRefusal => Kind is FaultKind.RefuseExpired or FaultKind.RefuseBusy or FaultKind.RefuseUnavailable;

    /// <summary>Makes sense for a sequence of lines only.</summary>
    public bool NeedsLines => Kind is FaultKind.DuplicateLine or FaultKind.SwapLines or FaultKind.ExpireInStream;
}
