using System.Collections.Immutable;
using PrEnv.Core.Model;

namespace PrEnv.Core.Spec;

/// <summary>When an environment is removed because its pull request is idle.</summary>
/// <param name="IdleTimeout">How long nothing happens on the pull request before that; at least <see cref="MinimumTimeout"/>.</param>
/// <param name="KeepLabels">A pull request with one of these labels never expires.</param>
public sealed record ExpiryPolicy(TimeSpan IdleTimeout, ImmutableArray<string> KeepLabels)
{
    /// <summary>The least that <see cref="IdleTimeout"/> may be.</summary>
    public static TimeSpan MinimumTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Is the pull request exempt? Null while its labels are not known.</summary>
    internal bool? Keeps(PullRequest pullRequest) => KeepLabel.Keeps(KeepLabels, pullRequest);
}
