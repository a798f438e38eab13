using System.Collections.Concurrent;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Memory;

/// <summary>
/// What GitHub has refused, so that it is not tried again at every check. Each refusal concerns what it was about: one object of one pull
/// request until there is something else to write, or a whole kind with one credential for a while. Thread-safe.
/// </summary>
internal sealed class Refusals
{
    // Rights may be granted meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(ReportKind Kind, int PrNumber), Refusal> _objects = new();
    private readonly ConcurrentDictionary<ReportKind, Denial> _kinds = new();

    /// <summary>The failure that another try would meet; null when there is a use in trying.</summary>
    /// <param name="kind">What is to be written.</param>
    /// <param name="number">For which pull request.</param>
    /// <param name="identity">Stands for what is to be written; null: it is tried in any case.</param>
    /// <param name="target">Stands for what it is to be written to, if that may refuse everything; otherwise null.</param>
    /// <param name="credentialId">With which credential.</param>
    /// <param name="now">The moment.</param>
    public ReportFailure? Find(
        ReportKind kind, int number, string? identity, string? target, string credentialId, DateTimeOffset now)
    {
        if (identity is not null && _objects.TryGetValue((kind, number), out var refusal)
            && (refusal.Identity == identity || refusal.Identity == target))
        {
            return new ReportFailure(number, refusal.Message, Permanent: true, kind);
        }

        return _kinds.TryGetValue(kind, out var denial) && denial.CredentialId == credentialId && now < denial.Until
            ? new ReportFailure(number, denial.Message, denial.IsPermanent, kind)
            : null;
    }

    /// <summary>Exactly this will not be accepted.</summary>
    public void Refuse(ReportKind kind, int number, string identity, string message) =>
        _objects[(kind, number)] = new Refusal(identity, message);

    /// <summary>
    /// Nothing of this kind can be written with this credential, for now. Permanent: the resource is well nevertheless.
    /// </summary>
    public void Deny(ReportKind kind, string credentialId, string message, bool isPermanent, DateTimeOffset now) =>
        _kinds[kind] = new Denial(credentialId, message, isPermanent, now + Patience);

    /// <summary>Forgets the pull requests that are gone.</summary>
    public void Keep(IReadOnlySet<int> numbers)
    {
        foreach (var gone in _objects.Keys.Where(key => !numbers.Contains(key.PrNumber)))
            _objects.TryRemove(gone, out _);
    }

    private sealed record Refusal(string Identity, string Message);

    private sealed record Denial(string CredentialId, string Message, bool IsPermanent, DateTimeOffset Until);
}
