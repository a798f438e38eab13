using System.Diagnostics;
using System.Runtime.InteropServices;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Kubernetes;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.ControlPlane;

/// <summary>The script that provides a control plane's programs, against servers that answer, refuse and keep silent.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class KubeAssetsTests
{
    private static readonly string[] Names = ["etcd", "kube-apiserver", "kube-controller-manager", "kubectl"];

    private string _cache = null!;

    private string Kube => Path.Combine(_cache, "prenv", "kube");

    private IEnumerable<string> Installed => Names.Where(name => File.Exists(Path.Combine(Kube, name)));

    [SetUp]
    public void CreateCache()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Left out: a local control plane needs Linux.");
        _cache = Directory.CreateTempSubdirectory("prenv-cache-").FullName;
    }

    [TearDown]
    public void DeleteCache()
    {
        if (Directory.Exists(_cache))
            Directory.Delete(_cache, recursive: true);
    }

    [Test]
    public async Task Download_OfficialPrograms_AreInstalledOnce(CancellationToken ct)
    {
        await using (var server = await ReleaseServer.StartAsync())
        {
            var first = await RunAsync(server.Url, ct, "--download");
            Assert.That(first.ExitCode, Is.Zero, first.Error);
        }

        Assert.That(Installed, Is.EqualTo(Names));
        Assert.That(Directory.Exists(Path.Combine(Kube, ".work")), Is.False);
        // The server is gone: nothing is asked for again.
        Assert.That((await RunAsync(new Uri("http://127.0.0.1:9"), ct, "--check")).ExitCode, Is.Zero);
        Assert.That((await RunAsync(new Uri("http://127.0.0.1:9"), ct)).ExitCode, Is.Zero);
    }

    [TestCase("kube-apiserver")]
    [TestCase("etcd-*")]
    public async Task Download_ContentIsNotWhatWasPublished_EndsAndInstallsNothing(string spoiled, CancellationToken ct)
    {
        var file = spoiled.Replace("*", await EtcdAsync(ct), StringComparison.Ordinal);
        await using var server = await ReleaseServer.StartAsync(spoiled: file);

        // Not even without --download: what is wrong is no reason to build.
        var run = await RunAsync(server.Url, ct);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("does not have the published checksum").And.Not.Contain("building"));
        Assert.That(Installed, Is.Empty);
    }

    [TestCase("kubectl")]
    [TestCase("kube-apiserver.sha256")]
    [TestCase("SHA256SUMS")]
    public async Task Download_IsRefused_SaysSoInOneLine(string missing, CancellationToken ct)
    {
        await using var server = await ReleaseServer.StartAsync(missing: missing);

        var run = await RunAsync(server.Url, ct, "--download");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error.Split('\n'), Has.One.Contains("the official Kubernetes cannot be downloaded: ").And.One.Contains("404"));
        Assert.That(Installed, Is.Empty);
    }

    [Test]
    public async Task Download_NoAnswer_IsARefusal(CancellationToken ct)
    {
        await using var server = await LocalServer.StartAsync(context => context.UntilItsClientLeaves());

        var run = await RunAsync(server.Url, ct, "--download");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("cannot be downloaded").And.Contain("timed out"));
    }

    [Test]
    public async Task Check_NothingIsThere_FailsAndAsksNobody(CancellationToken ct)
    {
        var requests = 0;
        await using var server = await LocalServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref requests);
            return Task.CompletedTask;
        });

        Assert.That((await RunAsync(server.Url, ct, "--check")).ExitCode, Is.EqualTo(1));
        Assert.That(requests, Is.Zero);
    }

    // The archive's name has the version in it, which the script alone knows.
    private static async Task<string> EtcdAsync(CancellationToken ct)
    {
        var lines = await File.ReadAllLinesAsync(RepositoryRoot.Combine("hack", "lib", "download-kubernetes.sh"), ct);
        var version = lines.Single(l => l.StartsWith("etcd_release=", StringComparison.Ordinal)).Split('=')[1];
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        return $"{version}-linux-{architecture}.tar.gz";
    }

    private async Task<(int ExitCode, string Error)> RunAsync(Uri server, CancellationToken ct, params string[] options)
    {
        var start = HackScript.StartInfo("kube-assets.sh", options);
        start.RedirectStandardError = true;
        start.Environment.Remove("KUBEBUILDER_ASSETS");
        start.Environment["XDG_CACHE_HOME"] = _cache;
        start.Environment["KUBERNETES_DOWNLOAD_URL"] = new Uri(server, "kubernetes").AbsoluteUri;
        start.Environment["ETCD_DOWNLOAD_URL"] = new Uri(server, "etcd").AbsoluteUri;
        start.Environment["DOWNLOAD_PATIENCE"] = "2";
        start.Environment["no_proxy"] = "127.0.0.1,localhost";
        using var process = Process.Start(start)!;
        using var kill = ct.Register(() => process.Kill(entireProcessTree: true));
        var error = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, error);
    }
}
