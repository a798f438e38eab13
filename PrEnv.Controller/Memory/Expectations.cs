using System.Collections.Immutable;
using PrEnv.Core.Model;

namespace PrEnv.Controller.Memory;

/// <summary>What deliveries have announced, until GitHub's API shows it or has had its time. Not thread-safe.</summary>
internal sealed class Expectations
{
    private readonly Dictionary<int, Entry> _entries = [];

    /// <summary>When GitHub is to be asked about a single pull request next; null: it is not.</summary>
    public DateTimeOffset? NextCheck => _entries.Values.Min(entry => entry.Next);

    /// <summary>The pull requests that deliveries were about.</summary>
    public IEnumerable<int> Numbers => _entries.Keys;

    /// <summary>A delivery came. It takes the place of an earlier one.</summary>
    public void Announce(int number, ExpectedPullRequest expected, DateTimeOffset now) =>
        _entries[number] = new Entry(expected, now, Next: now);

    /// <summary>The pull requests that GitHub is to be asked about now.</summary>
    public ImmutableHashSet<int> Due(DateTimeOffset now) => [.. _entries.Where(e => e.Value.Next <= now).Select(e => e.Key)];

    /// <summary>GitHub was asked about that one. True when it says what the delivery said.</summary>
    public bool Seen(int number, PullRequestState state, PullRequest? pullRequest) =>
        _entries.TryGetValue(number, out var entry) && Seen(number, entry, entry.Expected.IsShownBy(state, pullRequest));

    /// <summary>
    /// A listing was read. Those of which it says something else than their deliveries, even if GitHub has said the same before: one of
    /// its servers may be behind another.
    /// </summary>
    public ImmutableHashSet<int> Contradicted(PullRequestListing.Complete listing)
    {
        var (shown, contradicted) = (new List<int>(), ImmutableHashSet.CreateBuilder<int>());
        foreach (var (number, entry) in _entries)
        {
            if (!entry.Expected.IsShownBy(number, listing))
                contradicted.Add(number);
            else if (entry.Expected.IsOpen)
                shown.Add(number);
        }

        // That a closed one is missing from the listing is no proof: GitHub has to say so of that very one.
        foreach (var number in shown)
            Seen(number, _entries[number], isShown: true);
        return contradicted.ToImmutable();
    }

    /// <summary>GitHub was asked everything that was due. True when one has waited for long enough and was not shown.</summary>
    public bool Pass(DateTimeOffset now)
    {
        var missed = false;
        foreach (var (number, entry) in _entries.ToList())
        {
            missed |= entry.Next is not null && now >= entry.Announced + ExpectedPullRequest.Patience;
            if (now >= entry.Announced + ExpectedPullRequest.Patience)
                _entries.Remove(number);
            else if (entry.Next <= now)
                _entries[number] = entry with { Next = ExpectedPullRequest.NextCheck(entry.Announced, now) };
        }

        return missed;
    }

    private bool Seen(int number, Entry entry, bool isShown)
    {
        if (isShown)
            _entries[number] = entry with { Next = null };
        return isShown;
    }

    /// <param name="Expected">What was said.</param>
    /// <param name="Announced">When.</param>
    /// <param name="Next">When GitHub is asked again; null when it has said the same.</param>
    private sealed record Entry(ExpectedPullRequest Expected, DateTimeOffset Announced, DateTimeOffset? Next);
}
