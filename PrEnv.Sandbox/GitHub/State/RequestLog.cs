using System.Collections.Immutable;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>One answered request.</summary>
/// <param name="At">When it came.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Route">Pattern, for example <c>/repos/{owner}/{repo}/pulls</c>; the path itself when no route took it.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Login">Owner of the token; null without one.</param>
/// <param name="Status">Answer; 0 when the connection was dropped.</param>
/// <param name="Charged">Did it count against the primary rate limit?</param>
/// <param name="Host">Host and port that were asked: those of a proxy, where one stands in front.</param>
internal sealed record RequestEntry(
    DateTimeOffset At, string Method, string Route, string Target, string? Login, int Status, bool Charged, string Host);

/// <summary>Sums over the log.</summary>
/// <param name="Charged">Requests that counted against the primary rate limit.</param>
/// <param name="Uncharged">Those that did not: 304s with a token, <c>/rate_limit</c>, refused ones.</param>
/// <param name="ByRoute">All of them by method and route.</param>
internal sealed record RequestCounters(int Charged, int Uncharged, ImmutableSortedDictionary<string, int> ByRoute)
{
    public int Total => Charged + Uncharged;

    /// <summary>Requests with that method and route, for example <c>GET /repos/{owner}/{repo}/pulls</c>.</summary>
    public int Of(string methodAndRoute) => ByRoute.GetValueOrDefault(methodAndRoute);
}

/// <summary>What was asked of the double. Thread-safe.</summary>
internal sealed class RequestLog(ChangeSignal changed)
{
    private ImmutableList<RequestEntry> _entries = [];

    /// <summary>In the order of the answers.</summary>
    public IReadOnlyList<RequestEntry> Entries => Volatile.Read(ref _entries);

    public RequestCounters Counters
    {
        get
        {
            var entries = Entries;
            var charged = entries.Count(entry => entry.Charged);
            var byRoute = entries
                .GroupBy(entry => $"{entry.Method} {entry.Route}", StringComparer.Ordinal)
                .ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
            return new RequestCounters(charged, entries.Count - charged, byRoute);
        }
    }

    public void Reset() => Interlocked.Exchange(ref _entries, []);

    public void Add(RequestEntry entry)
    {
        ImmutableInterlocked.Update(ref _entries, static (entries, added) => entries.Add(added), entry);
        changed.Pulse();
    }
}
