using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

/// <summary>The double of helm-controller, at work in a namespace of its own.</summary>
[Category("Integration")]
[CancelAfter(120_000)]
internal abstract class FluxTestBase
{
    protected FluxCluster Cluster { get; private set; } = null!;

    protected HelmControllerDouble Flux => Cluster.Flux;

    [SetUp]
    public async Task StartAsync() => Cluster = await FluxCluster.StartAsync();

    [TearDown]
    public async Task StopAsync()
    {
        // Null when the test was ignored for want of a cluster.
        if (Cluster is not null)
            await Cluster.DisposeAsync();
    }
}
