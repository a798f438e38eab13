using System.Collections.Immutable;
using PrEnv.Core.Model;

namespace PrEnv.Core.Spec;

/// <summary>Labels that exempt a pull request.</summary>
internal static class KeepLabel
{
    /// <summary>Has it one of these labels? Null while its labels are not known.</summary>
    public static bool? Keeps(ImmutableArray<string> labels, PullRequest pullRequest) =>
        labels.IsEmpty ? false : pullRequest.Labels is { } known ? labels.Any(known.Contains) : null;
}
