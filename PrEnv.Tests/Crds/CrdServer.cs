using System.Globalization;
using k8s;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Crds;

/// <summary>
/// A control plane that serves our definition: with the modern server where that was chosen, by <see cref="ControlPlanes.Choice"/>.
/// </summary>
internal sealed class CrdServer : IAsyncDisposable
{
    public const string Namespace = "default";

    private readonly LocalControlPlane _controlPlane;

    private CrdServer(LocalControlPlane controlPlane, bool hasRules)
    {
        _controlPlane = controlPlane;
        HasRules = hasRules;
    }

    public k8s.Kubernetes Client => _controlPlane.Client;

    /// <summary>
    /// Does it know all that the definition's CEL rules use, and strict field validation? Rules and validation came with Kubernetes 1.25,
    /// messageExpression with 1.27 and fieldPath with 1.28.
    /// </summary>
    public bool HasRules { get; private set; }

    /// <summary>What this machine lacks, or null. Building it takes minutes, and is not for a test to begin.</summary>
    public static string? Missing() =>
        Programs().Any(File.Exists) ? null : "there is no kube-apiserver; hack/kube-assets.sh makes one";

    public static async Task<CrdServer> StartAsync(CancellationToken cancellationToken)
    {
        var options = new LocalControlPlaneOptions
        {
            WithCrdServer = ControlPlanes.IsModern,
            WithControllers = false,
        };
        var server = new CrdServer(await LocalControlPlane.StartAsync(options, cancellationToken), options.WithCrdServer);
        try
        {
            await server.InstallAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _controlPlane.DisposeAsync();

    private static IEnumerable<string> Programs()
    {
        const string Program = "kube-apiserver";
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
            cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        yield return Path.Combine(cache, "prenv", "kube", Program);
        if (Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } own)
            yield return Path.Combine(own, Program);
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        var version = await Client.Version.GetCodeAsync(cancellationToken);
        HasRules |= int.Parse(version.Minor.TrimEnd('+'), CultureInfo.InvariantCulture) >= 28;
        var definition = RepositoryFiles.Text(CrdFile.RelativePath);
        await (
            HasRules
                ? _controlPlane.InstallOnCrdServerAsync(definition, cancellationToken)
                : Manifests.ApplyAsync(Client, definition, cancellationToken));
    }
}
