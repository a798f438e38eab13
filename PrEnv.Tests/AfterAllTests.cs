using PrEnv.Tests.Cluster;

namespace PrEnv.Tests;

/// <summary>Ends what tests share. It stands in the root namespace, so that it runs after all of them.</summary>
[SetUpFixture]
internal sealed class AfterAllTests
{
    [OneTimeTearDown]
    public Task StopClusterAsync() => TestCluster.StopAsync();
}
