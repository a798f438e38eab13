using System.Text.RegularExpressions;
using PrEnv.Core.Releases;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.GitHub;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>
/// Every write to the API server and to GitHub against the terms of office. A write must have arrived within a term of its writer. It may
/// be answered later: a store that is slow holds what has arrived in time, for as long as it stalls.
/// </summary>
internal sealed partial class FencingLog
{
    // What the API server gives a request; the store holds none as long as that.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private FencingLog(AuditTrail trail, IReadOnlyList<AuditedWrite> writes)
    {
        Trail = trail;
        Writes = writes;
    }

    public AuditTrail Trail { get; }

    /// <summary>All that was written, or tried to be, to both.</summary>
    public IReadOnlyList<AuditedWrite> Writes { get; }

    /// <summary>Writes of who did not lead.</summary>
    public IReadOnlyList<AuditedWrite> Trespasses => [.. Trail.Trespasses(Writes, Patience)];

    /// <summary>Writes that had arrived in time and were answered after the term.</summary>
    public IReadOnlyList<AuditedWrite> Late => [.. Trail.Trespasses(Writes, TimeSpan.Zero).Except(Trespasses)];

    /// <summary>From the last renewal of a leader that did not give up the Lease to the next one's term.</summary>
    public IEnumerable<TimeSpan> Gaps => Trail.Terms.Zip(Trail.Terms.Skip(1))
        .Where(pair => !pair.First.IsReleased).Select(pair => pair.Second.Begin - pair.First.LastRenewal);

    public static async Task<FencingLog> ReadAsync(ChaosCluster cluster, GitHubServer github, IEnumerable<Candidate> candidates)
    {
        var trail = await cluster.ReadTrailAsync();
        var users = candidates.ToDictionary(c => c.GitHubHost, c => c.User, StringComparer.Ordinal);
        var told = github.Requests.Entries.Where(e => e.Method is not ("GET" or "HEAD")).Select(
            e => new AuditedWrite(users.GetValueOrDefault(e.Host, e.Host), $"{e.Method} {e.Target}", e.Status, null, e.At, e.At));
        return new FencingLog(trail, [.. trail.Attempts, .. told]);
    }

    /// <summary>Deletions of HelmReleases: the namespace and the pull request's number.</summary>
    public IEnumerable<(string Namespace, int Number)> Deletions => Writes
        .Select(write => Deletion().Match(write.What))
        .Where(match => match.Success && ReleaseNaming.PrNumberOf(match.Groups["name"].Value) is not null)
        .Select(match => (match.Groups["namespace"].Value, ReleaseNaming.PrNumberOf(match.Groups["name"].Value)!.Value));

    [GeneratedRegex("^delete helmreleases/(?<namespace>[^/]+)/(?<name>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Deletion();
}
