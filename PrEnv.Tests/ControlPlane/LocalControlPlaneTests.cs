using System.Globalization;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.ControlPlane;

/// <summary>What must hold of the local control plane whichever cluster the other tests run on.</summary>
[TestFixture]
[Category("Integration")]
[CancelAfter(180_000)]
internal sealed class LocalControlPlaneTests
{
    private static readonly LocalControlPlaneOptions Small = new() { WithControllers = false };
    private static readonly LocalControlPlaneOptions WithCrdServer = new() { WithControllers = false, WithCrdServer = true };

    [Test]
    public async Task Dispose_WhileRunning_LeavesNoProcessAndNoFile(CancellationToken ct)
    {
        await IgnoreUnlessInstalledAsync(Small, ct);
        var controlPlane = await LocalControlPlane.StartAsync(Small, ct);
        var pids = Pids(controlPlane);
        Assert.That(pids, Has.Count.EqualTo(2).And.All.Matches<int>(IsRunning));

        await controlPlane.DisposeAsync();

        Assert.That(pids, Has.None.Matches<int>(IsRunning));
        Assert.That(Path.GetDirectoryName(controlPlane.KubeconfigPath), Does.Not.Exist);
    }

    [Test]
    public async Task Start_AfterARunThatWasKilled_StopsWhatThatLeft(CancellationToken ct)
    {
        await IgnoreUnlessInstalledAsync(Small, ct);
        var guard = ControlPlaneGuard.Start(Small);
        var kubeconfig = await guard.WaitUntilReadyAsync(ct);
        var pids = Pids(kubeconfig);
        guard.Kill();
        await guard.DisposeAsync();
        Assert.That(pids, Has.Count.EqualTo(2).And.All.Matches<int>(IsRunning));

        await using var next = await LocalControlPlane.StartAsync(Small, ct);

        Assert.That(pids, Has.None.Matches<int>(IsRunning));
        Assert.That(Path.GetDirectoryName(kubeconfig), Does.Not.Exist);
    }

    [Test]
    public async Task Start_ServerRefusesItsFlags_FailsWithItsWordsAndLeavesNothing(CancellationToken ct)
    {
        await IgnoreUnlessInstalledAsync(Small, ct);

        Assert.That(
            async () => await LocalControlPlane.StartAsync(Small with { ApiServerArguments = ["--no-such-flag"] }, ct),
            Throws.InvalidOperationException.With.Message.Contains("unknown flag: --no-such-flag"));
    }

    [Test]
    [Category("Modern")]
    public async Task InstallOnCrdServer_DefinitionWithCel_RulesAreEvaluated(CancellationToken ct)
    {
        await IgnoreUnlessInstalledAsync(WithCrdServer, ct);
        await using var controlPlane = await LocalControlPlane.StartAsync(WithCrdServer, ct);
        var definition = Path.Combine(HelmControllerDouble.DefinitionsFolder, "helmreleases.yaml");

        await controlPlane.InstallOnCrdServerAsync(await File.ReadAllTextAsync(definition, ct), ct);

        const string WithoutChart = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: relpr-22, namespace: default}
            spec: {interval: 5m}
            """;
        Assert.That(
            async () => await Manifests.ApplyAsync(controlPlane.Client, WithoutChart, ct),
            Throws.InvalidOperationException.With.Message.Contains("either chart or chartRef must be set"));
    }

    private static async Task IgnoreUnlessInstalledAsync(LocalControlPlaneOptions options, CancellationToken ct)
    {
        if (!await LocalControlPlane.IsInstalledAsync(options, ct))
            Assert.Ignore($"Its programs are not there; this makes them: hack/kube-assets.sh {string.Join(' ', options.Switches)}");
    }

    private static List<int> Pids(LocalControlPlane controlPlane) => Pids(controlPlane.KubeconfigPath);

    private static List<int> Pids(string kubeconfig) =>
        [.. Directory.EnumerateFiles(kubeconfig + ".d", "*.pid").Select(f => int.Parse(File.ReadAllText(f), CultureInfo.InvariantCulture))];

    // A process that has ended but was not reaped yet has no command line any more.
    private static bool IsRunning(int pid) => File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;
}
