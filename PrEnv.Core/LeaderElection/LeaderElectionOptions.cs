using PrEnv.Core.Objects;

namespace PrEnv.Core.LeaderElection;

/// <summary>The candidate's name, and the timing of the election. The defaults are client-go's.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>
    /// The renew deadline leaves room for more than one attempt: it is longer than the retry period by more than this factor.
    /// </summary>
    public const double JitterFactor = 1.2;

    /// <summary>Name of this candidate; no two may have the same name, not even a process and its successor.</summary>
    public required string Identity { get; init; }

    /// <summary>
    /// How long the other candidates wait after the leader's last renewal before one takes over; whole seconds. Default 15 s.
    /// </summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after the last successful renewal the leader gives up. Default 10 s.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the leader renews and the other candidates check. Default 2 s.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A number from 0 to 1 for the jitter of the other candidates' checks. Default random.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>One request may not take the whole deadline: a connection that hangs would cost the leadership.</summary>
    internal TimeSpan AttemptTimeout => RenewDeadline / 2;

    /// <summary>The problems with these options, each with the name of the property; empty when there are none.</summary>
    public IEnumerable<(string Property, string Problem)> Problems()
    {
        if (string.IsNullOrEmpty(Identity))
            yield return (nameof(Identity), "it is empty, but every candidate needs a name of its own");
        if (LeaseDuration < TimeSpan.FromSeconds(1) || LeaseDuration.Ticks % TimeSpan.TicksPerSecond != 0)
            yield return (nameof(LeaseDuration), $"{Text(LeaseDuration)} is not a whole number of seconds, at least 1s");
        if (RetryPeriod <= TimeSpan.Zero)
            yield return (nameof(RetryPeriod), $"{Text(RetryPeriod)} is not positive");
        if (LeaseDuration <= RenewDeadline)
        {
            yield return (nameof(LeaseDuration),
                $"{Text(LeaseDuration)} is not longer than the renew deadline, {Text(RenewDeadline)}: a second leader could start before "
                + "the first gives up");
        }

        if (RenewDeadline <= RetryPeriod * JitterFactor)
        {
            yield return (nameof(RenewDeadline),
                $"{Text(RenewDeadline)} is not longer than 1.2 times the retry period, {Text(RetryPeriod)}: one failed attempt would cost the "
                + "leadership");
        }
    }

    private static string Text(TimeSpan value) => value > TimeSpan.Zero ? GoDuration.Format(value) : "0s";
}
