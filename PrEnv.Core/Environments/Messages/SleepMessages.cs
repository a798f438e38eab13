using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments.Messages;

/// <summary>What is said of environments that sleep.</summary>
internal static class SleepMessages
{
    public const string UntilGitHubAnswers = "The environment stays asleep until GitHub can be read again.";

    /// <param name="cause">Why it sleeps.</param>
    /// <param name="wakesAt">When it wakes up by itself; null: it does not.</param>
    /// <param name="spec">For the timeout, and whether commands in comments are carried out.</param>
    public static string Asleep(SleepCause cause, DateTimeOffset? wakesAt, EnvironmentSpec spec)
    {
        var why = cause switch
        {
            SleepCause.Idle =>
                $"Nothing has happened on the pull request for {GoDuration.Format(spec.Sleep!.IdleTimeout!.Value)} "
                + "(spec.sleep.idleTimeout).",
            SleepCause.Hours => "It is outside the awake hours (spec.sleep.awake).",
            SleepCause.Command => "A command in a comment put the environment to sleep.",
            _ => UntilGitHubAnswers,
        };
        if (cause == SleepCause.Unknown)
            return why;
        var until = wakesAt is { } time ? $"The environment will wake up at {OverallMessages.Clock(time)}; before that, a" : "A";
        var what = spec.Commands ? ", an approval or the command /prenv wake" : " or an approval";
        return $"{why} {until} push, a label change{what} will wake it.";
    }

    /// <summary>Why it is to be asleep or awake, a clause.</summary>
    public static string Clause(SleepCause cause) => cause switch
    {
        SleepCause.KeepLabel => "a label keeps it awake",
        SleepCause.Kept => "a command keeps it awake",
        SleepCause.Activity => "something has happened on the pull request",
        SleepCause.HoursBegan => "the awake hours have begun",
        SleepCause.Idle => "nothing has happened on the pull request for too long",
        SleepCause.Hours => "it is outside the awake hours",
        SleepCause.Command => "a command put it to sleep",
        SleepCause.Off => "nothing puts it to sleep",
        _ => "GitHub has not said enough yet",
    };

    /// <summary>Why it wakes up, a sentence.</summary>
    public static string Awake(SleepCause cause) => cause switch
    {
        SleepCause.KeepLabel => "The pull request has one of the labels in spec.sleep.keepLabels.",
        SleepCause.Kept => "A command in a comment keeps the environment.",
        SleepCause.HoursBegan => "The awake hours have begun (spec.sleep.awake).",
        SleepCause.Activity => "Something has happened on the pull request.",
        _ => "spec.sleep has been removed.",
    };
}
