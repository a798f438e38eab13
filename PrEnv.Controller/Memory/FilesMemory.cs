using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Memory;

/// <summary>
/// Whether pull requests change files that count: the verdict alone, once for each pull request. What could not be found out is asked again
/// less and less often. Not thread-safe.
/// </summary>
internal sealed class FilesMemory
{
    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    private readonly Dictionary<PathQuestion, Entry> _entries = [];

    private DateTimeOffset _lookedAt;

    /// <summary>
    /// When the first is to be asked again; null: none. What was due when the memory was looked at and was not asked is of no interest now.
    /// </summary>
    public DateTimeOffset? NextCheck => _entries.Values.Where(entry => entry.Retry > _lookedAt).Min(entry => entry.Retry);

    /// <summary>What was found out, and what could not be.</summary>
    public ImmutableDictionary<PathQuestion, PathVerdict> Answers =>
        _entries.ToImmutableDictionary(known => known.Key, known => known.Value.Verdict);

    /// <summary>The same without what is to be asked again.</summary>
    public ImmutableDictionary<PathQuestion, PathVerdict> LookAt(DateTimeOffset now)
    {
        _lookedAt = now;
        return _entries.Where(known => known.Value.Retry is not { } retry || now < retry)
            .ToImmutableDictionary(known => known.Key, known => known.Value.Verdict);
    }

    /// <summary>How often it could not be found out.</summary>
    public int Failures(PathQuestion question) => _entries.GetValueOrDefault(question)?.Failures ?? 0;

    /// <summary>GitHub was asked.</summary>
    public void Note(PathQuestion question, PathVerdict verdict, DateTimeOffset now)
    {
        var failures = Failures(question) + 1;
        _entries[question] = verdict.Match == PathMatch.Unknown
            ? new Entry(verdict, failures, now + Retry.After(failures))
            : new Entry(verdict, 0, null);
    }

    /// <summary>It could not be asked for the same reason as another: it is the first of the next time.</summary>
    public void Postpone(PathQuestion question, PathVerdict verdict, DateTimeOffset now) =>
        _entries[question] = new Entry(verdict, Failures(question), now + Retry.First);

    /// <summary>Keeps what is still asked.</summary>
    public void Keep(IEnumerable<PullRequest> listed, EnvironmentSpec spec)
    {
        var asked = listed.Select(p => PathQuestion.Of(p, spec)).OfType<PathQuestion>().ToHashSet();
        foreach (var other in _entries.Keys.Where(known => !asked.Contains(known)).ToList())
            _entries.Remove(other);
    }

    /// <summary>What could not be found out is asked again at once.</summary>
    public void RetryNow()
    {
        foreach (var (question, entry) in _entries.Where(known => known.Value.Retry is not null).ToList())
            _entries[question] = entry with { Retry = DateTimeOffset.MinValue };
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _entries.Clear();

    // Without a time to ask again it is known.
    private sealed record Entry(PathVerdict Verdict, int Failures, DateTimeOffset? Retry);
}
