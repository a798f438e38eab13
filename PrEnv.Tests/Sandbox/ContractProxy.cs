using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Sandbox;

/// <summary>
/// <c>prism proxy</c> with GitHub's own API description, started by <c>hack/contract-check.sh</c>: it refuses what GitHub would refuse
/// and makes a 500 of what GitHub would never answer.
/// </summary>
internal sealed class ContractProxy : IAsyncDisposable
{
    // The script's exit code.
    private const int NoPrism = 3;
    private readonly Process _process;
    private readonly TemporaryDirectory _folder;
    private Task _drain = Task.CompletedTask;

    private ContractProxy(Process process, Uri baseUrl, TemporaryDirectory folder)
    {
        _process = process;
        _folder = folder;
        BaseUrl = baseUrl;
    }

    public Uri BaseUrl { get; }

    /// <summary>Ignores the test, with a line that says why, where the proxy or GitHub's description is not to be had.</summary>
    public static async Task<ContractProxy> StartAsync(Uri upstream, CancellationToken cancellationToken)
    {
        var root = SolutionDirectory();
        var description = Path.Combine(root, "..", "shared", "github", "openapi.json");
        if (!File.Exists(description))
            Assert.Ignore("No ../shared/github/openapi.json beside the repository: the contract with GitHub is not checked.");
        if (!OnPath("node") || !OnPath("npm"))
            Assert.Ignore("No node and npm on the PATH: the contract with GitHub is not checked.");

        var folder = new TemporaryDirectory();
        var whole = folder.Write("openapi.json", await ContractDescription.ReadAsync(description, cancellationToken));
        var port = FreePort();
        var start = new ProcessStartInfo(Path.Combine(root, "hack", "contract-check.sh"))
        {
            ArgumentList = { whole, upstream.AbsoluteUri, port.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var proxy = new ContractProxy(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}/"), folder);
        try
        {
            await proxy.ListenAsync(cancellationToken);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _drain;
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var errors = _process.StandardError.ReadToEndAsync(cancellationToken);
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.Contains("Prism is listening", StringComparison.Ordinal))
                continue;
            // Its log goes on, and a full pipe would stop it.
            _drain = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return;
        }

        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode == NoPrism)
            Assert.Ignore("Prism could not be installed: the contract with GitHub is not checked.");
        Assert.Fail($"The contract proxy ended with exit code {_process.ExitCode}: {await errors}");
    }

    private static bool OnPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, tool)));

    private static string SolutionDirectory()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PrEnv.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No PrEnv.sln above the tests.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
