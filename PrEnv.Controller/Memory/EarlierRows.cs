using System.Collections.Immutable;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Memory;

/// <summary>
/// What the rows of a resource have said before, as far as this process has seen it: a few for each pull request, the oldest first.
/// Immutable.
/// </summary>
internal sealed class EarlierRows
{
    /// <summary>How many are kept of a pull request.</summary>
    public const int Most = 12;

    private readonly ImmutableDictionary<int, ImmutableArray<EnvironmentStatus>> _rows;

    private EarlierRows(ImmutableDictionary<int, ImmutableArray<EnvironmentStatus>> rows) => _rows = rows;

    /// <summary>Before anything has happened.</summary>
    public static EarlierRows None { get; } = new(ImmutableDictionary<int, ImmutableArray<EnvironmentStatus>>.Empty);

    /// <summary>Of one pull request.</summary>
    public ImmutableArray<EnvironmentStatus> Of(int number) => _rows.GetValueOrDefault(number, []);

    /// <summary>The same after the rows have changed. What is of pull requests that are gone is forgotten.</summary>
    /// <param name="before">The rows so far.</param>
    /// <param name="after">All rows from now on.</param>
    public EarlierRows After(IEnumerable<EnvironmentStatus?> before, ImmutableArray<EnvironmentStatus> after)
    {
        var present = after.ToLookup(row => row.PrNumber);
        var rows = _rows.RemoveRange(_rows.Keys.Where(number => !present.Contains(number)));
        foreach (var old in before.OfType<EnvironmentStatus>())
        {
            if (old.Since is not null && present[old.PrNumber].FirstOrDefault() is { } row && !AreTheSame(old, row))
                rows = rows.SetItem(old.PrNumber, With(rows.GetValueOrDefault(old.PrNumber, []), old));
        }

        return ReferenceEquals(rows, _rows) ? this : new EarlierRows(rows);
    }

    // A plan may be made before the cache has the status of the one before.
    private static ImmutableArray<EnvironmentStatus> With(ImmutableArray<EnvironmentStatus> known, EnvironmentStatus old) =>
        known.LastOrDefault() is { } last && AreTheSame(last, old)
            ? known
            : [.. known.Skip(known.Length + 1 - Most), old with { Message = null, Url = null, Waiting = null }];

    private static bool AreTheSame(EnvironmentStatus one, EnvironmentStatus other) =>
        one.Phase == other.Phase && one.HeadSha == other.HeadSha && one.Since == other.Since;
}
