using System.Collections.Immutable;

namespace PrEnv.Core.Spec;

/// <summary>Either a spec or its problems.</summary>
/// <param name="Spec">Null when there are problems.</param>
/// <param name="Problems">In the order of the spec.</param>
public sealed record SpecReading(EnvironmentSpec? Spec, ImmutableArray<SpecProblem> Problems)
{
    /// <summary>The destination if <see cref="ControllerSettings.WatchedNamespaces"/> leaves it out, else null.</summary>
    public string? UnseenDestination { get; init; }
}
