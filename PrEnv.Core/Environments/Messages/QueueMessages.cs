using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Ranking;

namespace PrEnv.Core.Environments.Messages;

/// <summary>What is said of a pull request that waits for a free environment.</summary>
internal static class QueueMessages
{
    // Each step of each of these is told to GitHub.
    private const int MostTold = 10;

    private const int MostNamed = 5;

    private const string Prefix = "Waiting for a free environment";

    private static readonly string FarBack = string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}; {MostTold} or more pull requests wait before it");

    /// <summary>
    /// What of a position GitHub is told: the position, or one past the last that is told, so that a long queue does not cost a request per
    /// pull request whenever it moves.
    /// </summary>
    public static int Told(QueuePlace place) => Math.Min(place.Position, MostTold + 1);

    /// <summary>What is read beside the commit status.</summary>
    public static string Description(QueuePlace place) =>
        place.Position > MostTold ? FarBack : $"{Prefix}: {Ordinal(place.Position)} of {Number(place.Queue.Waiting)}";

    /// <summary>The position that a description tells, see <see cref="Told"/>; null if it tells none.</summary>
    public static int? Read(string description)
    {
        if (description == FarBack)
            return MostTold + 1;
        if (!description.StartsWith(Prefix + ": ", StringComparison.Ordinal))
            return null;
        var digits = description.AsSpan(Prefix.Length + 2);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return end > 0 && int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
    }

    /// <summary>What the row and the comment say: who is in the way, and how to free a place.</summary>
    /// <param name="place">Where it waits.</param>
    /// <param name="commands">Are commands in comments carried out?</param>
    public static string Waiting(QueuePlace place, bool commands)
    {
        var queue = place.Queue;
        var count = queue.Holders.Length == 1 ? "there is one" : $"there are {Number(queue.Holders.Length)}";
        var failed = queue.Failed.IsEmpty ? "" : $" Failed: {Names(queue.Failed)}.";
        var how = commands ? "Close one of these pull requests, comment /prenv delete on it," : "Close one of these pull requests";
        return $"{Prefix}: {Ordinal(place.Position)} of {Number(queue.Waiting)}. spec.limits.maxEnvironments is {Number(queue.Limit)}, and "
            + $"{count}. The oldest: {Names(queue.Holders)}.{failed} {how} or raise the limit.";
    }

    private static string Names(ImmutableArray<int> numbers)
    {
        var named = string.Join(", ", numbers.Take(MostNamed).Select(n => "PR " + Number(n)));
        return numbers.Length > MostNamed ? $"{named} and {Number(numbers.Length - MostNamed)} more" : named;
    }

    internal static string Ordinal(int number) => Number(number) + ((number % 100) is 11 or 12 or 13 ? "th" : (number % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    });

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
