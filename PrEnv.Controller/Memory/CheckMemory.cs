using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Memory;

/// <summary>
/// What is known of the checks of head commits. A commit that waits is asked about again, and less and less often the longer it waits, or
/// the more often it could not be read; and at once when a webhook announces news. Not thread-safe.
/// </summary>
internal sealed class CheckMemory
{
    private const int Tenths = 10;

    // GitHub's API may be behind its webhooks.
    private const int QuickLooks = 2;

    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);

    private ImmutableArray<string> _names = [];

    private (string Problem, DateTimeOffset Until)? _refusal;

    private DateTimeOffset _lookedAt;

    /// <summary>
    /// When the first is to be asked about again; null: none. What was due when the memory was looked at and was not asked is of no
    /// interest now.
    /// </summary>
    public DateTimeOffset? NextCheck => _entries.Values.Where(entry => entry.Due > _lookedAt).Min(entry => (DateTimeOffset?)entry.Due);

    /// <summary>By head commit: what was read.</summary>
    public ImmutableDictionary<string, CheckReading> Answers => Readings(_entries);

    /// <summary>The same without what is to be asked again.</summary>
    public ImmutableDictionary<string, CheckReading> LookAt(DateTimeOffset now)
    {
        _lookedAt = now;
        return Readings(_entries.Where(e => now < e.Value.Due));
    }

    /// <summary>How often in a row it could not be read.</summary>
    public int Failures(string head) => _entries.GetValueOrDefault(head)?.Failures ?? 0;

    /// <summary>Is it to be expected that check runs have all the names, so that a new commit's statuses need not be read?</summary>
    public bool ExpectsRuns(string head) => !_entries.ContainsKey(head) && _names.All(_runs.Contains);

    /// <summary>A sentence, why check runs are not asked for at the moment; null: they are.</summary>
    public string? RunsRefused(DateTimeOffset now) => _refusal is { } refusal && now < refusal.Until ? refusal.Problem : null;

    /// <summary>The credential may not read check runs. That costs a request whenever it is tried.</summary>
    public void RefuseRuns(string problem, DateTimeOffset now) => _refusal = (problem, now + Refused);

    /// <summary>GitHub was asked.</summary>
    /// <param name="head">The commit.</param>
    /// <param name="reading">What it said.</param>
    /// <param name="now">The moment.</param>
    /// <param name="interval">How often GitHub is asked, at the most.</param>
    public void Note(string head, CheckReading reading, DateTimeOffset now, TimeSpan interval)
    {
        foreach (var run in reading.Results.Where(r => r.Kind == CheckKind.Run))
            _runs.Add(run.Name);
        _runs.IntersectWith(_names);
        var known = _entries.GetValueOrDefault(head);
        var first = known?.First ?? now;
        if (IsIncomplete(reading))
        {
            var failures = Failures(head) + 1;
            _entries[head] = new Entry(reading, first, now + Retry.After(failures), failures, 0);
            return;
        }

        var quick = known is { Quick: > 0 } && known.Reading.Results.SequenceEqual(reading.Results) ? known.Quick - 1 : 0;
        var wait = quick > 0 ? Retry.First : new[] { interval, (now - first) / Tenths }.Max();
        _entries[head] = new Entry(reading, first, now + (wait < Retry.Cap ? wait : Retry.Cap), 0, quick);
    }

    /// <summary>It was not asked because others could not be read: it is asked together with them the next time.</summary>
    /// <param name="head">The commit.</param>
    /// <param name="problem">Why not.</param>
    /// <param name="failed">One of the others.</param>
    public void Postpone(string head, string problem, string failed)
    {
        var due = _entries[failed].Due;
        _entries[head] = _entries.TryGetValue(head, out var known)
            ? known with { Due = due, Reading = new CheckReading([], problem) }
            : new Entry(new CheckReading([], problem), _lookedAt, due, 0, 0);
    }

    /// <summary>A webhook has announced news. That a check begins is none for a commit that waits for it.</summary>
    public void Announce(CheckNews news)
    {
        if (_entries.GetValueOrDefault(news.HeadSha) is not { } entry)
            return;
        var known = entry.Reading.Results.Where(r => news.Name is { } name && CheckResult.Is(r, name));
        if (!news.IsConcluded && !known.Any(r => r.State is CheckState.Passed or CheckState.Failed))
            return;
        _entries[news.HeadSha] = entry with { Due = DateTimeOffset.MinValue, Quick = QuickLooks + 1 };
    }

    /// <summary>Keeps what is known of these commits, unless it was about other checks.</summary>
    public void Keep(IEnumerable<string> heads, ImmutableArray<string> names)
    {
        if (!_names.SequenceEqual(names, StringComparer.Ordinal))
            Clear();
        _names = names;
        var kept = names.IsEmpty ? [] : heads.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _entries.Keys.Where(head => !kept.Contains(head)).ToList())
            _entries.Remove(gone);
    }

    /// <summary>Everything is asked again at once.</summary>
    public void RetryNow()
    {
        _refusal = null;
        foreach (var (head, entry) in _entries.ToList())
            _entries[head] = entry with { Due = DateTimeOffset.MinValue };
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _entries.Clear();
        _runs.Clear();
        _refusal = null;
    }

    /// <summary>Is there a check of which nothing is known, because something could not be read?</summary>
    public bool IsIncomplete(CheckReading reading) =>
        reading.Problem is not null && _names.Any(name => !reading.Results.Any(r => CheckResult.Is(r, name)));

    private static ImmutableDictionary<string, CheckReading> Readings(IEnumerable<KeyValuePair<string, Entry>> entries) =>
        entries.ToImmutableDictionary(e => e.Key, e => e.Value.Reading, StringComparer.Ordinal);

    /// <param name="Reading">What was read last.</param>
    /// <param name="First">When it was asked for the first time.</param>
    /// <param name="Due">When to ask again.</param>
    /// <param name="Failures">How often in a row it could not be read.</param>
    /// <param name="Quick">How many more looks follow quickly, as long as nothing has changed.</param>
    private sealed record Entry(CheckReading Reading, DateTimeOffset First, DateTimeOffset Due, int Failures, int Quick);
}

/// <summary>What a webhook says of a check: only what to look at.</summary>
/// <param name="HeadSha">The commit.</param>
/// <param name="Name">Name of the check run, or context of the commit status; null: any.</param>
/// <param name="IsConcluded">False: it only begins.</param>
internal readonly record struct CheckNews(string HeadSha, string? Name, bool IsConcluded);
