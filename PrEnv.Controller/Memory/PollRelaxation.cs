using System.Collections.Immutable;
using PrEnv.Core.Model;

namespace PrEnv.Controller.Memory;

/// <summary>
/// How much rarer GitHub is asked while webhooks bring the news: each listing that shows nothing new doubles the interval, up to ten times;
/// the first change that no webhook had announced ends that, until the next delivery. Not thread-safe.
/// </summary>
internal sealed class PollRelaxation
{
    /// <summary>At most so many times the interval.</summary>
    public const int Most = 10;

    private bool _isAlive;

    /// <summary>What the interval is multiplied with.</summary>
    public int Factor { get; private set; } = 1;

    /// <summary>A delivery came.</summary>
    public void Delivered() => _isAlive = true;

    /// <summary>
    /// GitHub's API has not shown in time what a delivery announced: it is asked as often as without webhooks.
    /// </summary>
    public void Missed() => Factor = 1;

    /// <summary>A listing was read.</summary>
    /// <param name="known">What was known before it.</param>
    /// <param name="listed">What it shows.</param>
    /// <param name="announced">Pull requests that a delivery was about and that have not been read since.</param>
    /// <returns>How many changes it shows that no delivery was about.</returns>
    public int Listed(ImmutableArray<PullRequest> known, ImmutableArray<PullRequest> listed, ImmutableHashSet<int> announced)
    {
        var missed = Changed(known, listed).Count(number => !announced.Contains(number));
        if (missed > 0)
        {
            _isAlive = false;
            Factor = 1;
        }
        else if (_isAlive)
        {
            Factor = Math.Min(2 * Factor, Most);
        }

        return missed;
    }

    private static IEnumerable<int> Changed(ImmutableArray<PullRequest> known, ImmutableArray<PullRequest> listed)
    {
        var before = known.ToDictionary(pr => pr.Number);
        // The records are compared as a whole: every fact that is read of a pull request matters to some rule.
        var appearedOrChanged = listed.Where(pr => !before.Remove(pr.Number, out var old) || old != pr).Select(pr => pr.Number).ToList();
        return appearedOrChanged.Concat(before.Keys);
    }
}
