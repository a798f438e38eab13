using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Templates;

namespace PrEnv.Core.Spec;

/// <summary>How an environment proves that it is ready.</summary>
/// <param name="Timeout">How long becoming ready may take before it counts as failed; zero where nothing is waited for.</param>
public abstract record Readiness(TimeSpan Timeout)
{
    /// <summary>The release is applied: ready at once.</summary>
    public sealed record Applied() : Readiness(TimeSpan.Zero);

    /// <summary>The release is ready for its current generation.</summary>
    public sealed record ReleaseReady(TimeSpan Timeout) : Readiness(Timeout);

    /// <summary>The release is ready for its current generation, and the URL answers.</summary>
    public sealed record Answers(
        UrlTemplate Url, TimeSpan Timeout, TimeSpan RequestTimeout, ImmutableArray<int> ExpectedStatusCodes) : Readiness(Timeout)
    {
        /// <summary>The Secrets that a probe needs.</summary>
        public ProbeSecrets Secrets { get; init; }
    }
}
