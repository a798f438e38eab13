using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Timing;

namespace PrEnv.Core.Spec;

/// <summary>When an environment is put to sleep, and how.</summary>
/// <param name="Values">Merged over the values of the release meanwhile (RFC 7386); an object.</param>
/// <param name="IdleTimeout">How long nothing happens on the pull request before that; null: idleness is no reason.</param>
/// <param name="Awake">When environments are awake; null: always.</param>
/// <param name="KeepLabels">A pull request with one of these labels never sleeps.</param>
public sealed record SleepPolicy(JsonElement Values, TimeSpan? IdleTimeout, WeeklyHours? Awake, ImmutableArray<string> KeepLabels)
{
    /// <summary>How long an environment stays awake outside the hours after something has happened on its pull request.</summary>
    public TimeSpan Grace => IdleTimeout < OutsideHours ? IdleTimeout.Value : OutsideHours;

    private static TimeSpan OutsideHours { get; } = TimeSpan.FromHours(1);

    /// <summary>Is the pull request exempt? Null while its labels are not known.</summary>
    internal bool? Keeps(PullRequest pullRequest) => KeepLabel.Keeps(KeepLabels, pullRequest);
}
