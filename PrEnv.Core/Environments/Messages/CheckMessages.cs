using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>What is said of a head commit that waits for its checks.</summary>
internal static class CheckMessages
{
    private const int MostNamed = 5;

    private const string Waiting = "Waiting for check ";

    private const string Check = "Check ";

    private const string Failed = " failed";

    private const string TimedOut = " did not succeed within ";

    /// <summary>What is read beside the commit status; of a wait that is known.</summary>
    public static string Description(CheckWait wait) => wait.Reason switch
    {
        Reasons.ChecksFailed => Check + wait.First + Failed,
        Reasons.ChecksTimedOut => Check + wait.First + TimedOut + GoDuration.Format(wait.Timeout),
        _ => Waiting + wait.First,
    };

    /// <summary>The reason and the check that a description tells; null if it tells none.</summary>
    public static (string Reason, string Check)? Read(string description)
    {
        if (description.StartsWith(Waiting, StringComparison.Ordinal))
            return (Reasons.WaitingForChecks, description[Waiting.Length..]);
        if (!description.StartsWith(Check, StringComparison.Ordinal))
            return null;
        var rest = description[Check.Length..];
        if (rest.EndsWith(Failed, StringComparison.Ordinal))
            return (Reasons.ChecksFailed, rest[..^Failed.Length]);
        var end = rest.LastIndexOf(TimedOut, StringComparison.Ordinal);
        return end < 0 ? null : (Reasons.ChecksTimedOut, rest[..end]);
    }

    /// <summary>What the row and the comment say: for what the commit waits, and what to do.</summary>
    public static string Waits(string head, CheckWait wait)
    {
        var (names, isOne) = (Names(wait.Verdict.Names), wait.Verdict.Names.Length == 1);
        var commit = "Commit " + Sha.Short(head);
        return wait.Reason switch
        {
            Reasons.ChecksFailed =>
                $"{commit} is not installed: {names} failed. Run {(isOne ? "it" : "them")} again, or push a commit that fixes this.",
            Reasons.ChecksTimedOut =>
                $"{commit} is not installed: {names} did not succeed within {GoDuration.Format(wait.Timeout)} (spec.waitFor.timeout). It "
                + $"will be installed if {(isOne ? "it still does" : "they still do")}. spec.waitFor.checks must name checks exactly as "
                + "GitHub does.",
            Reasons.ChecksUnknown => $"It is not known whether {names} succeeded for {Sha.Short(head)}. "
                + Text.Sentence(wait.Verdict.Problem ?? ""),
            _ => $"{commit} will be installed once {names} {(isOne ? "has" : "have")} succeeded.",
        };
    }

    private static string Names(ImmutableArray<string> checks)
    {
        var named = string.Join(", ", checks.Take(MostNamed).Select(name => Text.Excerpt(name)));
        if (checks.Length == 1)
            return "check " + named;
        var more = checks.Length - MostNamed;
        return "checks " + named + (more > 0 ? $" and {more.ToString(System.Globalization.CultureInfo.InvariantCulture)} more" : "");
    }
}
