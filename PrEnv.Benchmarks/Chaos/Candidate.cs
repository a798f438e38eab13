using PrEnv.Sandbox.Loopback;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>
/// One life of one controller: an account of its own, and ways of its own to the API server and to GitHub, so that everything that it
/// writes is known as its own.
/// </summary>
/// <param name="User">As the API server calls it.</param>
/// <param name="Cluster">Its way to the API server.</param>
/// <param name="GitHub">Its way to GitHub, which sees the address.</param>
/// <param name="Process">The process.</param>
internal sealed record Candidate(string User, TcpProxy Cluster, TcpProxy GitHub, ControllerProcess Process) : IAsyncDisposable
{
    /// <summary>As GitHub's log has it.</summary>
    public string GitHubHost { get; } = $"127.0.0.1:{GitHub.Port}";

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Cluster.DisposeAsync();
        await GitHub.DisposeAsync();
    }
}
