using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Probing;

internal static class ProbeTargets
{
    public static readonly ResourceKey Owner = new("default", "demo");

    public static readonly DateTimeOffset Deadline = new(2000, 1, 1, 0, 30, 0, TimeSpan.Zero);

    /// <summary>A target whose fields nobody else shares: equal ones are equal by value only.</summary>
    public static ProbeTarget Target(
        string release = "relpr-1", string url = "http://env.example/", string sha = "a", ResourceKey? owner = null,
        params int[] codes) => new()
        {
            Release = new ResourceKey("pr-helm-releases", release),
            Owner = owner ?? Owner,
            Revision = new ProbeRevision("uid-" + release, 1, sha, url),
            RequestTimeout = TimeSpan.FromSeconds(5),
            ExpectedStatusCodes = codes.Length > 0 ? [.. codes] : ImmutableArray.Create(200),
            Interval = TimeSpan.FromMinutes(1),
            Deadline = Deadline,
        };
}
