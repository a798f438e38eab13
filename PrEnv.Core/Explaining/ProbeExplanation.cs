namespace PrEnv.Core.Explaining;

/// <summary>Whether an environment answers.</summary>
public sealed record ProbeExplanation
{
    /// <summary>The URL that is asked.</summary>
    public required string Url { get; init; }

    /// <summary>
    /// Is it being asked for the present revision? False while Flux is not done with it, and where another process does it: what it saw is
    /// in the message then.
    /// </summary>
    public required bool IsProbed { get; init; }

    /// <summary>Did the present revision ever answer as expected? Null: nothing is known.</summary>
    public bool? HasAnswered { get; init; }

    /// <summary>Failures since the last success; null: nothing is known.</summary>
    public int? ConsecutiveFailures { get; init; }

    /// <summary>Why the last failure failed, a clause such as "answered 503"; null if none has failed since the last success.</summary>
    public string? LastFailure { get; init; }

    /// <summary>Why it could not be asked, such as a missing Secret; null if it could.</summary>
    public string? Obstacle { get; init; }

    /// <summary>When it counts as failed unless it has answered; null if it is not being asked.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
