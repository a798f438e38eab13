using System.Globalization;
using System.Text.Json.Nodes;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Sandbox.Flux;

/// <summary>
/// Installs, upgrades and uninstalls charts from a folder on the API server, with this machine's Helm. No nodes are needed: what a chart
/// makes are only objects. Helm's command knows one namespace and not two, so that its storage is in the target namespace, and
/// <c>storageNamespace</c> only names it in the status.
/// </summary>
/// <param name="helm">The program.</param>
/// <param name="kubeconfig">Where it installs; null for Helm's own choice.</param>
/// <param name="charts">The folder that takes the place of every source.</param>
/// <param name="waits">Whether an uninstall waits until all objects are gone: in a cluster without controllers, namespaces stay.</param>
internal sealed class RealHelm(HelmProgram helm, string? kubeconfig, string charts, bool waits) : IHelm
{
    private const string Error = "Error: ";

    /// <summary>The charts of this repository.</summary>
    public static string SampleCharts { get; } = RepositoryRoot.Combine("samples", "charts");

    public string Description => $"Environments are really installed, from the charts in {charts}, by {helm.Path} ({helm.Version}).";

    /// <summary>The real one where this machine has Helm, else one that pretends.</summary>
    public static async Task<IHelm> FindAsync(
        string? kubeconfig, string charts, bool waits, CancellationToken cancellationToken, IEnumerable<string>? folders = null) =>
        await HelmProgram.FindAsync(folders ?? HelmProgram.Folders(), cancellationToken) is { } helm
            ? new RealHelm(helm, kubeconfig, charts, waits)
            : new PretendedHelm("this machine has no Helm (`make helm` fetches one where it can)");

    /// <inheritdoc/>
    public ChartFault? FaultOf(HelmReleaseObject release) =>
        FolderOf(release) is { } folder && File.Exists(Path.Combine(folder, "Chart.yaml"))
        ? null
        : new ChartFault("InvalidChartReference", $"chart '{release.ChartPath}' is not in {charts}, which takes the place of every source");

    /// <inheritdoc/>
    public async Task<HelmError?> InstallAsync(HelmReleaseObject release, string? user, CancellationToken cancellationToken)
    {
        var (name, ns) = (release.ReleaseName, release.TargetNamespace);
        var before = await RevisionAsync(name, ns, cancellationToken);
        string[] arguments =
        [
            "upgrade", "--install", "--reset-values", "--values", "-", name, FolderOf(release)!, .. Common(ns, user), .. Apply,
        ];
        var result = await helm.RunAsync(arguments, release.Values, CancellationToken.None);
        if (ErrorOf(result) is not { } error)
            return null;
        // What was not stored counts as no attempt: a chart that cannot be rendered, a cluster that does not answer.
        var stored = await RevisionAsync(name, ns, cancellationToken) > before;
        return new HelmError(stored ? HelmFault.Action : HelmFault.Rendering, error);
    }

    /// <inheritdoc/>
    public async Task<string?> UninstallAsync(
        InstalledEnvironment installed, string? user, TimeSpan timeout, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "uninstall", installed.ReleaseName, "--ignore-not-found", "--timeout", GoDuration.Format(timeout),
            .. Common(installed.TargetNamespace, user), .. (string[])(waits ? ["--wait"] : []),
        ];
        return ErrorOf(await helm.RunAsync(arguments, "", cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<string?> RollBackAsync(InstalledEnvironment installed, string? user, CancellationToken cancellationToken)
    {
        var revision = installed.Revision.ToString(CultureInfo.InvariantCulture);
        string[] arguments = ["rollback", installed.ReleaseName, revision, .. Common(installed.TargetNamespace, user), .. Apply];
        return ErrorOf(await helm.RunAsync(arguments, "", CancellationToken.None));
    }

    // Server-side apply, Helm 4's default, fails for some kinds on servers that are older than Helm.
    private IEnumerable<string> Apply => helm.Version.StartsWith("v3.", StringComparison.Ordinal) ? [] : ["--server-side=false"];

    private IEnumerable<string> Common(string ns, string? user)
    {
        string[] cluster = kubeconfig is null ? [] : ["--kubeconfig", kubeconfig];
        string[] rights = user is null ? [] : ["--kube-as-user", user];
        return ["--namespace", ns, .. cluster, .. rights];
    }

    /// <summary>The newest revision that Helm has stored; 0 for none.</summary>
    private async Task<int> RevisionAsync(string name, string ns, CancellationToken cancellationToken)
    {
        var result = await helm.RunAsync(["status", name, "--output", "json", .. Common(ns, user: null)], "", cancellationToken);
        return result.ExitCode == 0 ? JsonNode.Parse(result.Output)!["version"]!.GetValue<int>() : 0;
    }

    /// <summary>As helm-controller cuts it short: without the warnings before it.</summary>
    private static string? ErrorOf(HelmResult result)
    {
        if (result.ExitCode == 0)
            return null;
        var start = result.Error.IndexOf(Error, StringComparison.Ordinal);
        return (start < 0 ? result.Error : result.Error[(start + Error.Length)..]).Trim();
    }

    /// <summary>Null for a chart that is not in the folder, or that leads out of it.</summary>
    private string? FolderOf(HelmReleaseObject release)
    {
        var root = Path.GetFullPath(charts);
        var folder = Path.GetFullPath(Path.Combine(root, release.ChartPath));
        return folder.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? folder : null;
    }
}
