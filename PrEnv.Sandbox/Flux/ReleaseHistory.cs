using System.Text.Json.Nodes;

namespace PrEnv.Sandbox.Flux;

/// <summary><c>status.history</c>: what Helm stored of its attempts, newest first, down to the successful one before the newest.</summary>
internal static class ReleaseHistory
{
    private const string Deployed = "deployed";
    private const string Superseded = "superseded";
    private const string Failed = "failed";

    /// <summary>After an install or an upgrade of what was asked for.</summary>
    public static JsonArray After(ReleaseRun run, InstalledEnvironment attempt, bool succeeded)
    {
        var before = Known(run.Now);
        if (succeeded)
            Supersede(before);
        return Cut(Entry(run.Asked, run.Asked.ValuesDigest, attempt, succeeded ? Deployed : Failed), before);
    }

    /// <summary>After a rollback to what ran before the newest attempt.</summary>
    public static JsonArray AfterRollback(ReleaseRun run, InstalledEnvironment restored)
    {
        var before = Known(run.Now);
        var digest = before.Find(entry => StatusOf(entry) == Deployed)?["configDigest"]?.GetValue<string>() ?? run.Asked.ValuesDigest;
        Supersede(before);
        return Cut(Entry(run.Asked, digest, restored, Deployed), before);
    }

    /// <summary>While an uninstall is tried again.</summary>
    public static JsonArray Uninstalling(HelmReleaseObject release)
    {
        var entries = Known(release);
        if (entries is [var newest, ..])
            newest["status"] = "uninstalling";
        return new JsonArray([.. entries]);
    }

    /// <summary>Does the newest entry say that these very values are installed?</summary>
    public static bool SaysInstalled(HelmReleaseObject release) =>
        Known(release) is [var newest, ..]
        && StatusOf(newest) == Deployed
        && HelmReleaseObject.Text(newest["configDigest"]) == release.ValuesDigest;

    /// <summary>Did the newest attempt fail?</summary>
    public static bool SaysFailed(HelmReleaseObject release) => Known(release) is [var newest, ..] && StatusOf(newest) == Failed;

    public static int RevisionOf(HelmReleaseObject release) =>
        Known(release) is [var newest, ..] ? newest["version"]?.GetValue<int>() ?? 0 : 0;

    private static List<JsonObject> Known(HelmReleaseObject release) =>
        [.. release.Status["history"]?.AsArray().Select(entry => entry!.DeepClone().AsObject()) ?? []];

    /// <summary>Helm supersedes what is deployed, or, when nothing is, the newest.</summary>
    private static void Supersede(List<JsonObject> entries)
    {
        if (entries.Find(entry => StatusOf(entry) == Deployed) is { } deployed)
            deployed["status"] = Superseded;
        else if (entries is [var newest, ..])
            newest["status"] = Superseded;
    }

    private static JsonArray Cut(JsonObject added, List<JsonObject> before)
    {
        var last = before.FindIndex(entry => StatusOf(entry) is Deployed or Superseded);
        return new JsonArray([added, .. last < 0 ? before : before.Take(last + 1)]);
    }

    private static JsonObject Entry(HelmReleaseObject release, string configDigest, InstalledEnvironment attempt, string status) => new()
    {
        ["chartName"] = release.ChartName,
        ["chartVersion"] = release.ChartVersion,
        ["configDigest"] = configDigest,
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
