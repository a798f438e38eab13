namespace PrEnv.Sandbox.ControlPlane;

/// <summary>What a <see cref="LocalControlPlane"/> consists of.</summary>
internal sealed record LocalControlPlaneOptions
{
    /// <summary>
    /// Also runs a modern server for custom resources, for CEL rules, strict validation and streaming lists; see
    /// <see cref="LocalControlPlane.InstallOnCrdServerAsync"/>.
    /// </summary>
    public bool WithCrdServer { get; init; }

    /// <summary>
    /// Runs kube-controller-manager: namespaces are emptied when deleted, dependents are collected. Takes a second and 80 MB.
    /// </summary>
    public bool WithControllers { get; init; } = true;

    /// <summary>Extra flags for kube-apiserver. None may hold a blank.</summary>
    public IReadOnlyList<string> ApiServerArguments { get; init; } = [];

    /// <summary>Gets lines that tell a waiting person what is going on: the first start on a machine builds for minutes.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>These options as the scripts take them.</summary>
    internal IReadOnlyList<string> Switches => WithCrdServer ? ["--with-crd-server"] : [];
}
