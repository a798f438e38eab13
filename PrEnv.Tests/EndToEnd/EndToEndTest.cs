namespace PrEnv.Tests.EndToEnd;

/// <summary>Base of the tests that run the whole: a world for each test, one at a time.</summary>
[TestFixture]
[NonParallelizable]
[Category("Integration")]
internal abstract class EndToEndTest
{
    protected EndToEndWorld World { get; private set; } = null!;

    protected EndToEndCluster Cluster { get; private set; } = null!;

    [SetUp]
    public async Task CreateWorldAsync()
    {
        Cluster = await EndToEndCluster.GetAsync();
        World = await EndToEndWorld.CreateAsync(Cluster);
    }

    [TearDown]
    public async Task DisposeWorldAsync() => await World.DisposeAsync();
}
