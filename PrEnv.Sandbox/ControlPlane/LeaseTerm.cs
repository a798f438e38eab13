namespace PrEnv.Sandbox.ControlPlane;

/// <summary>A term of office.</summary>
/// <param name="User">Who held the Lease.</param>
/// <param name="Holder">The identity in it.</param>
/// <param name="Begin">When the request arrived that took it.</param>
/// <param name="LastRenewal">When the last one arrived that renewed it.</param>
/// <param name="End">When it was over, at the latest.</param>
internal sealed record LeaseTerm(string User, string Holder, DateTimeOffset Begin, DateTimeOffset LastRenewal, DateTimeOffset End)
{
    /// <summary>Did it end by a release, and not because another took over?</summary>
    public bool IsReleased { get; init; }

    /// <summary>Has that write arrived within, and was it answered so long after the end at most?</summary>
    public bool Covers(AuditedWrite write, TimeSpan patience) =>
        write.User == User && write.Begin >= Begin && write.Begin <= End && write.End - patience <= End;
}
