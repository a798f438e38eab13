namespace PrEnv.Sandbox.ControlPlane;

/// <summary>
/// Who led when and who wrote when, from the API server's own audit log: one clock, and nobody's word for it. A term begins when the
/// request arrives that takes the Lease, and is over, at the latest, when the request of another that took it has been answered, or that
/// of its holder that gave it up. A write lies in the term of its writer when it has arrived and was answered within.
/// </summary>
internal sealed class AuditTrail
{
    public const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: None
          verbs: [get, list, watch]
        - level: RequestResponse
          userGroups: ["system:serviceaccounts:prenv-system"]
          resources: [{group: coordination.k8s.io, resources: [leases]}]
        - level: Request
          userGroups: ["system:serviceaccounts:prenv-system"]
          resources: [{group: prcontroller.controllers.ephemeralenv.io, resources: [prephemeralenvcontrollers]}]
        - level: Metadata
          userGroups: ["system:serviceaccounts:prenv-system"]
        - level: None
        """;

    private readonly List<AuditedWrite> _writes;

    private AuditTrail(List<AuditedWrite> writes) => _writes = writes;

    /// <summary>
    /// What was tried to be changed, apart from Leases and from what whoever is waiting may write: the request for a reconcile.
    /// </summary>
    public IEnumerable<AuditedWrite> Attempts => _writes.Where(w => w is { Holder: null, IsAnyones: false });

    /// <summary>Attempts that did some work, by who did it.</summary>
    public ILookup<string, AuditedWrite> Work =>
        Attempts.Where(w => w.Code is >= 200 and < 300).ToLookup(w => w.User, StringComparer.Ordinal);

    /// <summary>Terms of office, in order.</summary>
    public IReadOnlyList<LeaseTerm> Terms { get; private set; } = [];

    public static async Task<AuditTrail> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return Read(await reader.ReadToEndAsync());
    }

    /// <summary>Reads the text of a log. Its last line may be half written.</summary>
    public static AuditTrail Read(string log)
    {
        var writes = log.Split('\n')[..^1].Select(AuditedWrite.Parse).ToList();
        return new AuditTrail(writes)
        {
            Terms = [.. TermsOf(writes.Where(w => w is { Holder: not null, Code: >= 200 and < 300 }).OrderBy(w => w.End))],
        };
    }

    /// <summary>Work that was done by somebody outside of a term of theirs: two at once, or none that may.</summary>
    public IEnumerable<string> Trespasses() => Trespasses(Work.SelectMany(who => who), TimeSpan.Zero).Select(work => work.ToString());

    /// <summary>Writes that have arrived outside of a term of the writer, or were answered too late after one.</summary>
    /// <param name="writes">They need not be in this log.</param>
    /// <param name="patience">How long after the term's end a write may be answered that has arrived within.</param>
    public IEnumerable<AuditedWrite> Trespasses(IEnumerable<AuditedWrite> writes, TimeSpan patience)
    {
        var terms = Terms.ToLookup(term => term.User, StringComparer.Ordinal);
        return writes.Where(write => !terms[write.User].Any(term => term.Covers(write, patience)));
    }

    private static IEnumerable<LeaseTerm> TermsOf(IEnumerable<AuditedWrite> leases)
    {
        LeaseTerm? term = null;
        foreach (var write in leases)
        {
            if (term is { } renewed && renewed.Holder == write.Holder)
            {
                term = renewed with { LastRenewal = write.Begin };
                continue;
            }

            // It was over when this was through, at the latest; the next term had begun then, at the earliest.
            if (term is not null)
                yield return term with { End = write.End, IsReleased = write.Holder!.Length == 0 };
            term = write.Holder!.Length == 0
                ? null
                : new LeaseTerm(write.User, write.Holder, write.Begin, write.Begin, DateTimeOffset.MaxValue);
        }

        if (term is not null)
            yield return term;
    }
}
