namespace PrEnv.Tests.Cluster;

/// <summary>The one cluster of a test run: started when the first test asks for it, stopped after the last.</summary>
internal static class TestCluster
{
    private const string Choice = "PRENV_TEST_CLUSTER";

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static IClusterFixture? s_cluster;

    /// <summary>
    /// The cluster, ready and with all definitions installed. A Docker engine that answers means k3s, none means the local control plane;
    /// the environment variable <c>PRENV_TEST_CLUSTER</c>, <c>k3s</c> or <c>local</c>, overrules that.
    /// </summary>
    public static async Task<IClusterFixture> GetAsync(CancellationToken cancellationToken = default)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            return s_cluster ??= await StartAsync(cancellationToken);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Stops it, if any test had asked for it.</summary>
    public static async Task StopAsync()
    {
        if (s_cluster is not null)
        {
            await s_cluster.DisposeAsync();
            s_cluster = null;
        }
    }

    private static async Task<IClusterFixture> StartAsync(CancellationToken cancellationToken)
    {
        IClusterFixture cluster = UseK3s()
            ? await K3sClusterFixture.StartAsync(cancellationToken)
            : await LocalClusterFixture.StartAsync(Tell, cancellationToken);
        try
        {
            var flux = await cluster.InstallCrdsAsync(cancellationToken);
            Tell($"Test cluster: {cluster.Name}, with {flux}.");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private static bool UseK3s() => Environment.GetEnvironmentVariable(Choice) switch
    {
        "k3s" => true,
        "local" => false,
        null or "" => K3sClusterFixture.IsAvailable,
        var other => throw new InvalidOperationException($"{Choice} is k3s or local, not {other}."),
    };

    private static void Tell(string line) => TestContext.Progress.WriteLine(line);
}
