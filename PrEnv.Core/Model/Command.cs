namespace PrEnv.Core.Model;

/// <summary>
/// A command in a comment by a person with write access, which has not been carried out yet.
/// </summary>
/// <param name="PrNumber">The pull request whose comment it is.</param>
/// <param name="CommentId">The comment; a later one has a greater number.</param>
/// <param name="Verb">What the command asks for.</param>
/// <param name="Sha">The commit that it names: 7 to 64 lower-case hexadecimal digits; null when it names none.</param>
/// <param name="CreatedAt">When it was written, by GitHub's clock, to the second.</param>
public sealed record Command(int PrNumber, long CommentId, CommandVerb Verb, string? Sha, DateTimeOffset CreatedAt)
{
    /// <summary>The longest <see cref="Time"/>.</summary>
    public static TimeSpan LongestTime { get; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long <see cref="CommandVerb.Keep"/> is to hold, as it was written: only more than nothing, and at most
    /// <see cref="LongestTime"/>, is carried out. Otherwise null.
    /// </summary>
    public TimeSpan? Time { get; init; }
}

/// <summary>What a command asks for.</summary>
public enum CommandVerb
{
    /// <summary>Reconcile the release once more, even if nothing changed.</summary>
    Rebuild,

    /// <summary>Remove the environment until the next push.</summary>
    Delete,

    /// <summary>Allow an environment for a fork's current commit.</summary>
    Approve,

    /// <summary>Put the environment to sleep until something happens.</summary>
    Sleep,

    /// <summary>Wake the environment up.</summary>
    Wake,

    /// <summary>Keep the environment awake and from expiring for a while.</summary>
    Keep,
}
