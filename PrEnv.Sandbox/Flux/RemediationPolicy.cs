using System.Text.Json.Nodes;

namespace PrEnv.Sandbox.Flux;

/// <summary>What the spec says about a failed install or upgrade.</summary>
/// <param name="Retries">How many more times; negative for ever. 0 by default.</param>
/// <param name="RemediateLast">Is the last failure undone too? By default only for upgrades with retries.</param>
/// <param name="ByUninstall">Undone by uninstalling, or (upgrades, by default) by rolling back.</param>
/// <param name="RetryAfter">Strategy <c>RetryOnFailure</c>: nothing is undone, and it is tried again after that; null otherwise.</param>
internal sealed record RemediationPolicy(int Retries, bool RemediateLast, bool ByUninstall, TimeSpan? RetryAfter)
{
    private static readonly TimeSpan DefaultRetryInterval = TimeSpan.FromMinutes(5);

    public static RemediationPolicy Of(HelmReleaseObject release, string action)
    {
        var section = release.Spec[action];
        var remediation = section?["remediation"];
        var retries = remediation?["retries"]?.GetValue<int>() ?? 0;
        var upgrade = action == "upgrade";
        return new RemediationPolicy(
            retries,
            remediation?["remediateLastFailure"]?.GetValue<bool>() ?? (upgrade && retries != 0),
            !upgrade || HelmReleaseObject.Text(remediation?["strategy"]) == "uninstall",
            RetryAfterOf(section?["strategy"]));
    }

    /// <summary>May it be tried again after so many failures?</summary>
    public bool Allows(long failures) => Retries < 0 || failures <= Retries;

    private static TimeSpan? RetryAfterOf(JsonNode? strategy) => HelmReleaseObject.Text(strategy?["name"]) == "RetryOnFailure"
        ? GoDuration.Parse(HelmReleaseObject.Text(strategy?["retryInterval"])) ?? DefaultRetryInterval
        : null;
}
