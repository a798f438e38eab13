using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.EndToEnd;

/// <summary>Base of the tests that run the whole: a world for each test, one at a time.</summary>
[TestFixture]
[NonParallelizable]
[Category("Integration")]
internal abstract class EndToEndTest
{
    protected EndToEndWorld World { get; private set; } = null!;

    protected EndToEndCluster Cluster { get; private set; } = null!;

    /// <summary>How the double of helm-controller behaves; null: as by default.</summary>
    protected virtual HelmControllerOptions? Flux => null;

    [SetUp]
    public async Task CreateWorldAsync()
    {
        Cluster = await EndToEndCluster.GetAsync();
        World = await EndToEndWorld.CreateAsync(Cluster, Flux);
    }

    [TearDown]
    public async Task DisposeWorldAsync() => await World.DisposeAsync();
}
