using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>What holds for one pull request, whatever its release says.</summary>
/// <param name="HasEnvironment">Has it a release?</param>
/// <param name="IsCommanded">Has a command just been carried out for it?</param>
/// <param name="Expired">How it looked when it expired; null if it has not.</param>
/// <param name="AsleepSince">When a command put it to sleep; null: none did.</param>
/// <param name="KeptUntil">Until when a command keeps it awake and from expiring; null: none does.</param>
internal readonly record struct StandingOrders(
    bool HasEnvironment, bool IsCommanded, string? Expired, DateTimeOffset? AsleepSince, DateTimeOffset? KeptUntil)
{
    public static StandingOrders Of(CommandEffects effects, int number, bool hasEnvironment, bool isCommanded, DateTimeOffset now) => new(
        hasEnvironment, isCommanded, effects.Expired.GetValueOrDefault(number), effects.AsleepSince(number),
        KeptUntilOf(effects, number, now));

    /// <summary>Until when a command keeps it; null: none does. What is too far away was noted by a clock that was wrong.</summary>
    public static DateTimeOffset? KeptUntilOf(CommandEffects effects, int number, DateTimeOffset now) =>
        effects.KeptUntil(number) is { } until && until <= now + Command.LongestTime + Moments.Ahead ? until : null;
}
