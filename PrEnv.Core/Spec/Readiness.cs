using System.Collections.Immutable;
using PrEnv.Core.Templates;

namespace PrEnv.Core.Spec;

/// <summary>How an environment proves that it is ready.</summary>
public abstract record Readiness
{
    private Readiness()
    {
    }

    /// <summary>The release is applied: ready at once.</summary>
    public sealed record Applied : Readiness;

    /// <summary>The release is ready for its current generation.</summary>
    public sealed record ReleaseReady : Readiness;

    /// <summary>The release is ready for its current generation, and the URL answers.</summary>
    public sealed record Answers(
        UrlTemplate Url, TimeSpan Timeout, TimeSpan RequestTimeout, ImmutableArray<int> ExpectedStatusCodes) : Readiness;
}
