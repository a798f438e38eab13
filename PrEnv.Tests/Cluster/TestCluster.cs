namespace PrEnv.Tests.Cluster;

/// <summary>The one cluster of a test run: started when the first test asks for it, stopped after the last.</summary>
internal static class TestCluster
{
    private const string Choice = "PRENV_TEST_CLUSTER";

    private static readonly Lock Gate = new();

    // A start that failed is not tried again: every other test would wait for the same answer.
    private static Task<IClusterFixture>? s_cluster;

    /// <summary>
    /// The cluster, ready and with all definitions installed. A Docker engine that answers means k3s, none, or one that cannot run k3s, means the
    /// local control plane; the environment variable <c>PRENV_TEST_CLUSTER</c>, <c>k3s</c> or <c>local</c>, overrules that.
    /// </summary>
    public static Task<IClusterFixture> GetAsync(CancellationToken cancellationToken = default)
    {
        lock (Gate)
        {
            s_cluster ??= StartAsync();
        }

        return s_cluster.WaitAsync(cancellationToken);
    }

    /// <summary>Stops it, if any test had asked for it.</summary>
    public static async Task StopAsync()
    {
        if (s_cluster is { IsCompletedSuccessfully: true })
        {
            await (await s_cluster).DisposeAsync();
        }
    }

    private static async Task<IClusterFixture> StartAsync()
    {
        var cluster = await ChooseAsync();
        try
        {
            var flux = await cluster.InstallCrdsAsync();
            Tell($"Test cluster: {cluster.Name}, with {flux}.");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private static async Task<IClusterFixture> ChooseAsync() => Environment.GetEnvironmentVariable(Choice) switch
    {
        "k3s" => await K3sClusterFixture.StartAsync(),
        "local" => await LocalClusterFixture.StartAsync(Tell),
        null or "" => await TryK3sAsync() ?? await LocalClusterFixture.StartAsync(Tell),
        var other => throw new InvalidOperationException($"{Choice} is k3s or local, not {other}."),
    };

    private static async Task<IClusterFixture?> TryK3sAsync()
    {
        if (!K3sClusterFixture.IsAvailable)
        {
            return null;
        }

        try
        {
            return await K3sClusterFixture.StartAsync();
        }
        catch (Exception e)
        {
            Tell($"A Docker engine answers, but k3s does not start there, so the local control plane is used: {e.Message}");
            return null;
        }
    }

    private static void Tell(string line) => TestContext.Progress.WriteLine(line);
}
