using k8s;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>A real Kubernetes API server of our own, gone when disposed. <see cref="ControlPlanes.StartAsync"/> chooses the kind.</summary>
internal interface IControlPlane : IAsyncDisposable
{
    /// <summary>What it is, for people.</summary>
    string Kind { get; }

    /// <summary>Logs in as an administrator. The file goes with the control plane.</summary>
    string KubeconfigPath { get; }

    /// <summary>A client with these rights; disposed with the control plane.</summary>
    Kubernetes Client { get; }

    /// <summary>Whether deleted namespaces are emptied and dependents collected.</summary>
    bool HasControllers { get; }

    /// <summary>Installs every CustomResourceDefinition of a folder and returns when their objects are served. May be repeated.</summary>
    /// <exception cref="IOException">There is no such folder, or no definition in it.</exception>
    /// <exception cref="InvalidOperationException">The server refused one; the message says why.</exception>
    Task InstallDefinitionsAsync(string folder, CancellationToken cancellationToken = default);

    /// <summary>Runs <c>kubectl</c> with these rights.</summary>
    /// <returns>What it printed; with its complaints when it failed.</returns>
    Task<string> KubectlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}
