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
