using System.Collections.Immutable;
using PrEnv.Core.Model;

namespace PrEnv.Core.Selection;

/// <summary>Have all checks of a commit concluded well?</summary>
/// <param name="State"><see cref="CheckState.Passed"/> if all have, else that of <paramref name="Names"/>.</param>
/// <param name="Names">The checks in that state, in the order of the spec.</param>
/// <param name="Problem">A sentence, why it is <see cref="CheckState.Unknown"/>; null otherwise.</param>
internal sealed record CheckVerdict(CheckState State, ImmutableArray<string> Names, string? Problem = null)
{
    private const string NotAsked = "GitHub has not been asked yet.";

    /// <summary>
    /// One that has failed decides; else one that could not be read, as it may have failed too. The newest attempt counts, of whatever
    /// App. A commit status counts where there is no check run with that name.
    /// </summary>
    /// <param name="checks">Their names.</param>
    /// <param name="reading">What GitHub said of the commit; null: it was not asked.</param>
    public static CheckVerdict Of(ImmutableArray<string> checks, CheckReading? reading)
    {
        var states = Each(checks, reading);
        ReadOnlySpan<CheckState> gravest = [CheckState.Failed, CheckState.Unknown, CheckState.Running];
        foreach (var state in gravest)
        {
            ImmutableArray<string> names = [.. states.Where(s => s.State == state).Select(s => s.Name)];
            if (!names.IsEmpty)
                return new CheckVerdict(state, names, state == CheckState.Unknown ? reading?.Problem ?? NotAsked : null);
        }

        return new CheckVerdict(CheckState.Passed, checks);
    }

    /// <summary>How each of them stands.</summary>
    /// <param name="checks">Their names.</param>
    /// <param name="reading">What GitHub said of the commit; null: it was not asked.</param>
    public static ImmutableArray<(string Name, CheckState State)> Each(ImmutableArray<string> checks, CheckReading? reading) =>
        [.. checks.Select(name => (name, StateOf(name, reading)))];

    private static CheckState StateOf(string name, CheckReading? reading)
    {
        if (reading is null)
            return CheckState.Unknown;
        var attempts = reading.Results.Where(r => CheckResult.Is(r, name)).ToLookup(r => r.Kind);
        var newest = attempts[CheckKind.Run].MaxBy(r => r.Id) ?? attempts[CheckKind.Status].MaxBy(r => r.Id);
        return newest?.State ?? (reading.Problem is null ? CheckState.Running : CheckState.Unknown);
    }
}
