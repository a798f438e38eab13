using PrEnv.Core.Objects;
using PrEnv.Core.Plans;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>A rule by its name: a world, and everything that is done and said in it.</summary>
internal sealed record RuleRow(string Name, World World, string Expected)
{
    /// <summary>What the API server says to an action; null when it does it.</summary>
    public Func<PlannedAction, ApiStatus?> Failure { get; init; } = _ => null;

    /// <summary>Commit statuses that GitHub did not take.</summary>
    public IReadOnlyCollection<ReportFailure> Unreported { get; init; } = [];

    public override string ToString() => Name;
}
