using System.Collections.Immutable;
using PrEnv.Sandbox.GitHub.Faults;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>The ways in which GitHub fails: all that its double knows.</summary>
internal static class GitHubTroubles
{
    private const string Listing = "/pulls$";
    private const string One = "/pulls/[0-9]+$";

    // As often as it takes: until it is taken away.
    private static readonly ImmutableArray<(string Name, FaultRule Rule)> All =
    [
        ("500", new FaultRule { Times = null, Effect = new FaultEffect.Answer(500, """{"message":"Server Error"}""") }),
        ("502 without JSON", new FaultRule { Times = null, Effect = new FaultEffect.Answer(502, "<html></html>", "text/html") }),
        ("503", new FaultRule { Times = null, Effect = new FaultEffect.Answer(503) }),
        ("404", new FaultRule { Times = null, Effect = new FaultEffect.Answer(404, """{"message":"Not Found"}""") }),
        ("401", new FaultRule { Times = null, Effect = new FaultEffect.Answer(401, """{"message":"Bad credentials"}""") }),
        ("403", new FaultRule { Times = null, Effect = new FaultEffect.Answer(403, """{"message":"Forbidden"}""") }),
        ("an empty listing", new FaultRule { Times = null, Path = Listing, Effect = FaultEffect.EmptyList }),
        ("no pull request is found", new FaultRule { Times = null, Path = One, Effect = new FaultEffect.Answer(404, """{"message":"Not Found"}""") }),
        ("malformed listings", new FaultRule { Times = null, Path = Listing, Effect = FaultEffect.MalformedJson }),
        ("answers that end early", new FaultRule { Times = null, Effect = new FaultEffect.Truncate() }),
        ("no answers", new FaultRule { Times = null, Effect = new FaultEffect.Drop() }),
        ("every third write is not answered", new FaultRule { Times = 5, Skip = 2, Method = "POST", Effect = new FaultEffect.Truncate(0) }),
        ("redirects", new FaultRule { Times = null, Effect = new FaultEffect.Redirect(new Uri("http://127.0.0.1:9/elsewhere")) }),
        ("primary limit", new FaultRule { Times = 3, Effect = new FaultEffect.PrimaryLimit(ResetSeconds: 5) }),
        ("primary limit as 429", new FaultRule { Times = 3, Effect = new FaultEffect.PrimaryLimit(429, 5) }),
        ("secondary limit", new FaultRule { Times = 3, Effect = new FaultEffect.SecondaryLimit(RetryAfterSeconds: 3) }),
        ("secondary limit as 429", new FaultRule { Times = 3, Effect = new FaultEffect.SecondaryLimit(429, 3) }),
        ("late answers", new FaultRule { Times = null, Delay = TimeSpan.FromSeconds(3) }),
        ("answers that never come", new FaultRule { Times = 3, Delay = Timeout.InfiniteTimeSpan }),
    ];

    public static (string Name, FaultRule Rule) Any(Random random) => All[random.Next(All.Length)];
}
