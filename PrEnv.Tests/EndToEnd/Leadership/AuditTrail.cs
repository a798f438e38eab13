using System.Globalization;
using System.Text.Json;

namespace PrEnv.Tests.EndToEnd.Leadership;

/// <summary>Who led when and who wrote when, from the API server's own audit log: one clock, and nobody's word for it.</summary>
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
        - level: Metadata
          userGroups: ["system:serviceaccounts:prenv-system"]
        - level: None
        """;

    private readonly List<Write> _writes;

    private AuditTrail(List<Write> writes) => _writes = writes;

    /// <summary>Writes that did some work, by who did it.</summary>
    public ILookup<string, Write> Work =>
        _writes.Where(w => w.Holder is null && w.Code is >= 200 and < 300).ToLookup(w => w.User, StringComparer.Ordinal);

    /// <summary>Terms of office, in order.</summary>
    public IReadOnlyList<Term> Terms { get; private set; } = [];

    public static async Task<AuditTrail> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        // The last line may be half written.
        var lines = (await reader.ReadToEndAsync()).Split('\n')[..^1];
        var writes = lines.Select(line => Write.From(JsonDocument.Parse(line).RootElement)).ToList();
        return new AuditTrail(writes)
        {
            Terms = [.. TermsOf(writes.Where(w => w is { Holder: not null, Code: >= 200 and < 300 }).OrderBy(w => w.End))],
        };
    }

    /// <summary>Work that was done by somebody outside of a term of theirs: two at once, or none that may.</summary>
    public IEnumerable<string> Trespasses() =>
        Work.SelectMany(who => who).Where(work => !Terms.Any(term => term.Covers(work))).Select(work => work.ToString());

    private static IEnumerable<Term> TermsOf(IEnumerable<Write> leases)
    {
        Term? term = null;
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
            term = write.Holder!.Length == 0 ? null : new Term(write.User, write.Holder, write.Begin, write.Begin, DateTimeOffset.MaxValue);
        }

        if (term is not null)
            yield return term;
    }

    /// <summary>A term of office.</summary>
    internal sealed record Term(string User, string Holder, DateTimeOffset Begin, DateTimeOffset LastRenewal, DateTimeOffset End)
    {
        /// <summary>Did it end by a release, and not because another took over?</summary>
        public bool IsReleased { get; init; }

        public bool Covers(Write work) => work.User == User && work.Begin >= Begin && work.End <= End;
    }

    /// <summary>
    /// A request that changed something, or was to. The holder is that of the Lease that it wrote; null when it is no Lease.
    /// </summary>
    internal sealed record Write(string User, string What, int Code, string? Holder, DateTimeOffset Begin, DateTimeOffset End)
    {
        public static Write From(JsonElement entry)
        {
            var target = entry.GetProperty("objectRef");
            var resource = target.GetProperty("resource").GetString()!;
            var name = target.TryGetProperty("name", out var known) ? known.GetString() : "";
            return new Write(
                entry.GetProperty("user").GetProperty("username").GetString()!,
                $"{entry.GetProperty("verb").GetString()} {resource}/{name}",
                entry.GetProperty("responseStatus").GetProperty("code").GetInt32(),
                resource == "leases" && entry.TryGetProperty("requestObject", out var lease)
                    ? lease.GetProperty("spec").TryGetProperty("holderIdentity", out var holder) ? holder.GetString() : ""
                    : null,
                Time(entry, "requestReceivedTimestamp"),
                Time(entry, "stageTimestamp"));
        }

        private static DateTimeOffset Time(JsonElement entry, string name) =>
            DateTimeOffset.Parse(entry.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
    }
}
