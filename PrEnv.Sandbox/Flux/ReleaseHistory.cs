using System.Text.Json.Nodes;

namespace PrEnv.Sandbox.Flux;

/// <summary><c>status.history</c>: the last attempt, and the successful one before it.</summary>
internal static class ReleaseHistory
{
    private const string Deployed = "deployed";
    private const string Superseded = "superseded";

    public static JsonArray After(HelmReleaseObject release, InstalledEnvironment attempt, bool succeeded)
    {
        var history = new JsonArray(Entry(release, attempt, succeeded ? Deployed : "failed"));
        var before = release.Status["history"]?.AsArray().FirstOrDefault(entry => StatusOf(entry) is Deployed or Superseded);
        if (before?.DeepClone() is not JsonObject previous)
            return history;
        if (succeeded)
            previous["status"] = Superseded;
        history.Add((JsonNode)previous);
        return history;
    }

    /// <summary>Does the newest entry say that these very values are installed?</summary>
    public static bool SaysInstalled(HelmReleaseObject release) =>
        release.Status["history"]?.AsArray().FirstOrDefault() is { } newest
        && StatusOf(newest) == Deployed
        && HelmReleaseObject.Text(newest["configDigest"]) == release.ValuesDigest;

    public static int RevisionOf(HelmReleaseObject release) =>
        release.Status["history"]?.AsArray().FirstOrDefault()?["version"]?.GetValue<int>() ?? 0;

    private static JsonObject Entry(HelmReleaseObject release, InstalledEnvironment attempt, string status) => new()
    {
        ["chartName"] = release.ChartName,
        ["chartVersion"] = release.ChartVersion,
        ["configDigest"] = release.ValuesDigest,
        ["digest"] = "sha256:" + HelmReleaseObject.Digest(attempt.Fingerprint),
        ["firstDeployed"] = StatusEditor.Time(attempt.FirstInstalledAt),
        ["lastDeployed"] = StatusEditor.Time(attempt.InstalledAt),
        ["name"] = attempt.ReleaseName,
        ["namespace"] = attempt.TargetNamespace,
        ["status"] = status,
        ["version"] = attempt.Revision,
    };

    private static string? StatusOf(JsonNode? entry) => HelmReleaseObject.Text(entry?["status"]);
}
