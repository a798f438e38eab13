using System.Diagnostics;
using k8s;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>
/// A real, throw-away Kubernetes control plane on loopback: etcd, kube-apiserver and kube-controller-manager, without kubelet, scheduler or
/// Docker. It is gone when this object is disposed or this process ends, however that happens. Any number can run side by side.
/// </summary>
internal sealed class LocalControlPlane : IControlPlane
{
    private readonly ControlPlaneGuard _guard;
    private bool _disposed;

    private LocalControlPlane(ControlPlaneGuard guard, bool hasCrdServer, string kubeconfigPath)
    {
        _guard = guard;
        HasCrdServer = hasCrdServer;
        KubeconfigPath = kubeconfigPath;
        Client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath));
    }

    /// <inheritdoc/>
    public string Kind => HasCrdServer ? "local control plane with a modern CRD server" : "local control plane";

    /// <summary>Logs in as a member of <c>system:masters</c>. The file goes with the control plane.</summary>
    public string KubeconfigPath { get; }

    /// <summary>A client with these rights; disposed with the control plane.</summary>
    public Kubernetes Client { get; }

    /// <summary>
    /// Whether deleted namespaces are emptied and dependents collected. Not with envtest's binaries, which lack kube-controller-manager.
    /// </summary>
    public bool HasControllers => File.Exists(Path.Combine(KubeconfigPath + ".d", "kube-controller-manager.pid"));

    /// <summary>
    /// Whether definitions are installed on a modern server beside this one: <see cref="LocalControlPlaneOptions.WithCrdServer"/>.
    /// </summary>
    public bool HasCrdServer { get; }

    /// <summary>Whether <see cref="StartAsync"/> would find all programs in place and build nothing.</summary>
    public static async Task<bool> IsInstalledAsync(LocalControlPlaneOptions options, CancellationToken cancellationToken = default)
    {
        try
        {
            await HackScript.RunAsync("kube-assets.sh", ["--check", .. options.Switches], cancellationToken: cancellationToken);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Provides the binaries (built once per machine, which takes minutes) and starts a control plane (5 to 9 s).</summary>
    /// <exception cref="InvalidOperationException">It did not start, or this machine cannot run one; the message says why.</exception>
    public static async Task<LocalControlPlane> StartAsync(
        LocalControlPlaneOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LocalControlPlaneOptions();
        await HackScript.RunAsync("kube-assets.sh", options.Switches, progress: options.Progress, cancellationToken: cancellationToken);
        var guard = ControlPlaneGuard.Start(options);
        try
        {
            return new LocalControlPlane(guard, options.WithCrdServer, await guard.WaitUntilReadyAsync(cancellationToken));
        }
        catch
        {
            await guard.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task InstallDefinitionsAsync(string folder, CancellationToken cancellationToken = default)
    {
        if (!HasCrdServer)
        {
            await Manifests.ApplyFolderAsync(Client, folder, cancellationToken);
            return;
        }

        foreach (var file in Manifests.Files(folder))
            await InstallOnCrdServerAsync(await File.ReadAllTextAsync(file, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> KubectlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Kubectl.RunAsync(KubeconfigPath, arguments, cancellationToken);

    /// <summary>Takes the API server away as if it had crashed: open watches break, connections are refused. The data stays.</summary>
    public Task StopApiServerAsync(CancellationToken cancellationToken = default) =>
        HackScript.RunAsync("kube-apiserver.sh", ["stop", KubeconfigPath], cancellationToken: cancellationToken);

    /// <summary>Brings it back on the same port with the same data, and returns when it is ready (3 to 5 s).</summary>
    public Task StartApiServerAsync(CancellationToken cancellationToken = default) =>
        HackScript.RunAsync("kube-apiserver.sh", ["start", KubeconfigPath], cancellationToken: cancellationToken);

    /// <summary>Lets the API server wait for its data for so long.</summary>
    public async Task StallDataAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var etcd = (await File.ReadAllTextAsync(Path.Combine(KubeconfigPath + ".d", "etcd.pid"), cancellationToken)).Trim();
        await SignalAsync("-STOP");
        try
        {
            await Task.Delay(duration, TimeProvider.System, cancellationToken);
        }
        finally
        {
            await SignalAsync("-CONT");
        }

        async Task SignalAsync(string signal)
        {
            using var kill = Process.Start("kill", [signal, etcd]);
            await kill.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>
    /// Puts one CustomResourceDefinition where its CEL rules are evaluated, and returns when its objects are served. Needs
    /// <see cref="LocalControlPlaneOptions.WithCrdServer"/>. Its objects are used through <see cref="KubeconfigPath"/> as ever, but the
    /// definition itself is not visible there.
    /// </summary>
    public async Task InstallOnCrdServerAsync(string yaml, CancellationToken cancellationToken = default)
    {
        var definition = YamlDocuments.Parse(yaml).Single();
        await HackScript.RunAsync("kube-crd.sh", [KubeconfigPath], yaml, cancellationToken: cancellationToken);
        await CustomResourceDefinitions.WaitUntilServedAsync(Client, definition, cancellationToken);
    }

    /// <summary>Ends every process and deletes all data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        Client.Dispose();
        await _guard.DisposeAsync();
    }
}
