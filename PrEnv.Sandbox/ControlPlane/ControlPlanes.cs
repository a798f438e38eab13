namespace PrEnv.Sandbox.ControlPlane;

/// <summary>Chooses what this machine can run.</summary>
internal static class ControlPlanes
{
    /// <summary>
    /// The environment variable that overrules the choice: <c>k3s</c>, <c>local</c>, or <c>modern</c>, which is <c>local</c> with
    /// <see cref="LocalControlPlaneOptions.WithCrdServer"/>.
    /// </summary>
    public const string Choice = "PRENV_TEST_CLUSTER";

    private const string Modern = "modern";

    /// <summary>Whether <see cref="Choice"/> asks for the modern server.</summary>
    public static bool IsModern => Environment.GetEnvironmentVariable(Choice) == Modern;

    /// <summary>Starts k3s where a Docker engine answers; the local control plane where there is none, or none that can run k3s.</summary>
    /// <param name="progress">Gets lines that tell a waiting person what is going on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">This machine can run neither, or the choice is unknown; the message says
    /// why.</exception>
    public static async Task<IControlPlane> StartAsync(Action<string> progress, CancellationToken cancellationToken = default) =>
        Environment.GetEnvironmentVariable(Choice) switch
        {
            "k3s" => await K3sControlPlane.StartAsync(cancellationToken),
            "local" => await StartLocalAsync(progress, cancellationToken),
            Modern =>
                await LocalControlPlane.StartAsync(
                    new LocalControlPlaneOptions { Progress = progress, WithCrdServer = true }, cancellationToken),
            null or "" => await TryK3sAsync(progress, cancellationToken) ?? await StartLocalAsync(progress, cancellationToken),
            var other => throw new InvalidOperationException($"{Choice} must be k3s, local or modern, not {other}."),
        };

    private static async Task<IControlPlane> StartLocalAsync(Action<string> progress, CancellationToken cancellationToken) =>
        await LocalControlPlane.StartAsync(new LocalControlPlaneOptions { Progress = progress }, cancellationToken);

    private static async Task<IControlPlane?> TryK3sAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        if (!K3sControlPlane.IsAvailable)
            return null;

        try
        {
            return await K3sControlPlane.StartAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            progress($"A Docker engine is available, but k3s does not start on it; using the local control plane instead: {e.Message}");
            return null;
        }
    }
}
