using System.Text.Json.Serialization;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Plans;

namespace PrEnv.Core.Explaining;

/// <summary>Whether an environment sleeps, why, and when that changes by itself.</summary>
public sealed record SleepExplanation
{
    /// <summary>Does it sleep?</summary>
    public required bool IsAsleep { get; init; }

    /// <summary>Is it to sleep? It goes on as it is while this is not known (null), and falls asleep only once it is ready.</summary>
    public bool? IsWanted { get; init; }

    /// <summary>Why it is to be asleep or awake.</summary>
    public required SleepCause Cause { get; init; }

    /// <summary>The same for people: a clause.</summary>
    [JsonIgnore]
    public string Why => SleepMessages.Clause(Cause);

    /// <summary>When something last happened on the pull request; null if it is not known.</summary>
    public DateTimeOffset? ActiveAt { get; init; }

    /// <summary>When it wakes up, or may fall asleep, if nothing happens until then; null: not by itself.</summary>
    public DateTimeOffset? ChangesAt { get; init; }
}
