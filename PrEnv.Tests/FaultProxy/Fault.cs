namespace PrEnv.Tests.FaultProxy;

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
