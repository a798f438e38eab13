using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

/// <summary>How the double is put into a situation that was recorded of real Flux.</summary>
internal sealed record Situation(string Recording)
{
    /// <summary>The release's name in all recordings.</summary>
    public const string Release = "relpr-22";

    public const int Number = 22;

    /// <summary>How helm-controller was run.</summary>
    public HelmControllerOptions Options { get; init; } = FluxCluster.Hasty;

    /// <summary>What the release asks for besides chart and values, as JSON.</summary>
    public string Spec { get; init; } = "{}";

    /// <summary>What is wrong from the start.</summary>
    public Func<FluxCluster, Task> Prepare { get; init; } = static _ => Task.CompletedTask;

    /// <summary>What is done from outside, by the words of the recording.</summary>
    public IReadOnlyDictionary<string, Func<FluxCluster, Task>> Deeds { get; init; } =
        new Dictionary<string, Func<FluxCluster, Task>>(StringComparer.Ordinal);

    /// <summary>Does it; what this situation says of it comes before what all do alike.</summary>
    public Task DoAsync(FluxCluster cluster, string did) =>
        Deeds.TryGetValue(did, out var deed) ? deed(cluster) : DoAsUsualAsync(cluster, did);

    public override string ToString() => Recording;

    private async Task DoAsUsualAsync(FluxCluster cluster, string did)
    {
        switch (did)
        {
            case "created relpr-22":
                await cluster.CreateAsync(Number, "aaa", Spec);
                break;
            case "created relpr-23":
                await cluster.CreateAsync(23, "bbb", Spec);
                break;
            case "deleted relpr-22":
                await cluster.DeleteAsync(Number);
                break;
            case "suspended":
                await cluster.PatchAsync(Number, """{"spec":{"suspend":true}}""");
                break;
            case "left behind: nothing":
                Assert.That(await cluster.UntilGoneAsync(Number), Is.EqualTo(TeardownOutcome.Uninstalled));
                break;
            case "left behind: page-22":
                Assert.That(await cluster.UntilGoneAsync(Number), Is.EqualTo(TeardownOutcome.Leaked));
                break;
            case "the Deployment became ready" or "took the finalizer off" or "created the GitRepository" or "committed the chart":
                cluster.Flux.Heal(Release);
                break;
            default:
                Assert.Fail($"Nobody said how to do \"{did}\".");
                break;
        }
    }
}
