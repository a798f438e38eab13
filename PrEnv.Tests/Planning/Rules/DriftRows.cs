using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>What the controller owns is put right; what others own is left alone.</summary>
internal static class DriftRows
{
    private static readonly World Settled = World.Plain.Open(22).Row(22, "Ready", "Applied", release: "envs/relpr-22");

    public static RuleRow[] All { get; } =
    [
        new("Settled_NothingIsDone", Settled.Release(22, change: r => r.Ready().PostedSubmitted()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """),
        Drift("Interval", "spec.interval", r => r.Set("interval", "1h")),
        Drift("ReleaseName", "spec.releaseName", r => r.Set("releaseName", "mine")),
        Drift("ChartPath", "spec.chart.spec.chart", r => r.Chart("chart", "other")),
        Drift("ChartVersion", "spec.chart.spec.version", r => r.Chart("version", "9.9.9")),
        Drift("SourceKind", "spec.chart.spec.sourceRef.kind", r => r.Chart("sourceRef.kind", "Bucket")),
        Drift("SourceName", "spec.chart.spec.sourceRef.name", r => r.Chart("sourceRef.name", "other")),
        Drift("SourceNamespace", "spec.chart.spec.sourceRef.namespace", r => r.Chart("sourceRef.namespace", null)),
        Drift(
            "WholeChart",
            "spec.chart.spec.chart, spec.chart.spec.version, spec.chart.spec.sourceRef.kind, spec.chart.spec.sourceRef.name, "
            + "spec.chart.spec.sourceRef.namespace", r => r.Set("chart", null)),
        Drift("PrNumber", "spec.values.prNumber", r => r.Values($$"""{"prNumber":23,"prSHA":"{{World.A}}"}""")),
        Drift("PrSha", "spec.values.prSHA", r => r.Values("""{"prNumber":22,"prSHA":"evil.test/"}"""), "evil.te -> aaaaaaa"),
        Drift("ValuesGone", "spec.values.prNumber, spec.values.prSHA", r => r.Set("values", null)),
        Drift("ValuesNoObject", "spec.values.prNumber, spec.values.prSHA", r => r.Values("[1,2]")),
        Noted("HeadShaAnnotation", "head-sha", r => r.Annotation(OwnerLabels.HeadShaAnnotation, null)),
        Noted("PrUrlAnnotation", "pr-url", r => r.Annotation(OwnerLabels.PrUrlAnnotation, "https://other.test")),
        Noted("UpdatedAtAnnotation", "updated-at", r => r.Annotation(OwnerLabels.UpdatedAtAnnotation, "12:00")),
        new("Drift_OfTheServiceAccount_IsMended",
            (Settled with { Settings = new() { DefaultServiceAccount = "deployer" } })
                .Release(22, change: r => r.Ready().PostedSubmitted().Set("serviceAccountName", "admin")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.serviceAccountName)
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.serviceAccountName at aaaaaaa
            """),
        Foreign("ServiceAccountWhenNoneIsSet", r => r.Set("serviceAccountName", "mine")),
        Foreign("Suspend", r => r.Suspended()),
        Foreign("OtherValues", r => r.Values($$$"""{"prNumber":22,"replicas":3,"prSHA":"{{{World.A}}}","image":{"tag":"x"}}""")),
        Foreign("OtherLabelsAndAnnotations", r => r.Label("team", "b").Annotation("note", "x")),
    ];

    private static RuleRow Drift(string name, string path, Func<HelmRelease, HelmRelease> hand, string? told = null) =>
        new($"Drift_Of{name}_IsMended", Settled.Release(22, change: r => hand(r.Ready().PostedSubmitted())), $"""
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 ({path})
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: {told ?? path + " at aaaaaaa"}
            """);

    // Nothing is rolled out, so there is nothing to tell.
    private static RuleRow Noted(string name, string annotation, Func<HelmRelease, HelmRelease> hand) =>
        new($"Drift_Of{name}_IsMended", Settled.Release(22, change: r => hand(r.Ready().PostedSubmitted())), $"""
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/{annotation})
            """);

    private static RuleRow Foreign(string name, Func<HelmRelease, HelmRelease> hand) =>
        new($"NoDrift_{name}_IsLeftAlone", Settled.Release(22, change: r => hand(r.Ready().PostedSubmitted())), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """);
}
