using PrEnv.Sandbox.Loopback;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Tests.EndToEnd.Leadership;

/// <summary>One of several controllers: an account of its own, and a network of its own.</summary>
/// <param name="User">As the API server calls it.</param>
/// <param name="Proxy">Its way to the API server.</param>
/// <param name="Process">The process.</param>
internal sealed record Instance(string User, TcpProxy Proxy, ControllerProcess Process)
{
    /// <summary>Waits for its end, and gives exit code and the lines of its log that have this in them.</summary>
    public async Task<(int Code, IReadOnlyList<string> Lines)> EndAsync(string text, CancellationToken cancellationToken) =>
        (await Process.WaitForExitAsync(cancellationToken), await EndToEndWorld.LogAsync(Process, text));

    /// <summary>Does it call itself that? The others name the leader too, when they stand for election.</summary>
    public async Task<bool> IsAsync(string identity) =>
        (await EndToEndWorld.LogAsync(Process, identity + " is attempting to acquire")).Count > 0;
}
