using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>What an admission policy makes of every write is no drift.</summary>
internal static class OverrideRows
{
    private const string Prefix = "prcontroller.controllers.ephemeralenv.io";

    private static readonly World Settled = World.Plain.Open(22).Row(22, "Ready", "Applied", release: "envs/relpr-22");

    public static RuleRow[] All { get; } =
    [
        Sticks("Interval", "spec.interval", r => r.Set("interval", "1h")),
        Sticks("TheVersionThatIsStripped", "spec.chart.spec.version", r => r.Chart("version", null)),
        Sticks("TheManager", "metadata.labels.app.kubernetes.io/managed-by", r => r.Label(OwnerLabels.ManagedBy, "flux")),
        Sticks(
            "AnnotationsThatAreStripped",
            $"metadata.annotations.{Prefix}/head-sha, metadata.annotations.{Prefix}/pr-url, metadata.annotations.{Prefix}/updated-at",
            r => r.Annotation(OwnerLabels.HeadShaAnnotation, null).Annotation(OwnerLabels.PrUrlAnnotation, null)
                .Annotation(OwnerLabels.UpdatedAtAnnotation, null)),
        new("Override_AndAHandEdit_PutsTheHandEditRight",
            Settled.Release(22, change: r => r.Ready().PostedSubmitted().Overridden(Hourly).Chart("chart", "other")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.chart.spec.chart)
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.chart.spec.chart at aaaaaaa
            """),
        new("Override_OfAnOlderWish_IsTriedAgain",
            Settled.Release(22, change: r => r.Ready().PostedSubmitted().Overridden(Hourly))
                .Helm(h => h with { ChartVersion = "0.2.0" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.interval, spec.chart.spec.version)
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.interval, spec.chart.spec.version at aaaaaaa
            """),
        new("Override_NotedInNonsense_IsDrift",
            Settled.Release(22, change: r => Hourly(r.Ready().PostedSubmitted())
                .Annotation(OwnerLabels.OverriddenAnnotation, "{\"wish\":null,\"fields\":[null]}")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.interval)
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.interval at aaaaaaa
            """),
        new("Override_OfTheCommit_Fails",
            World.Fluxed.Open(22).Release(22, change: r => r.Ready().Overridden(
                x => x.Values($$"""{"prNumber":22,"prSHA":"{{World.B}}"}"""))), """
            Ready=False FieldOverridden Stalled: PR 22: An admission policy of the cluster overrides spec.values.prSHA of HelmRelease envs/relpr-22 whenever it is written, but this is what the controller recognises it by. Exempt it from that policy, then delete it: it will be created again.
            PR 22 Failed/FieldOverridden aaaaaaa by ApplyDesired: An admission policy of the cluster overrides spec.values.prSHA of HelmRelease envs/relpr-22 whenever it is written, but this is what the controller recognises it by. Exempt it from that policy, then delete it: it will be created again.
              tell failure aaaaaaa "Ephemeral environment for PR failed: FieldOverridden"
            """),
        Lost("OverwrittenOwner", r => r.Label(OwnerLabels.Uid, "x").Label(OwnerLabels.Name, "y"), "name, uid", "RefuseTakenName"),
        Lost(
            "StrippedLabels", r => r.Meta(m => m with { Labels = null }), "name, namespace, pr-number, uid", "ApplyDesired",
            "metadata.labels.app.kubernetes.io/managed-by, "),
    ];

    private static HelmRelease Hourly(HelmRelease release) => release.Set("interval", "1h");

    private static RuleRow Sticks(string name, string fields, Func<HelmRelease, HelmRelease> policy) => new(
        $"Override_Of{name}_IsNoDrift", Settled.Release(22, change: r => r.Ready().PostedSubmitted().Overridden(policy)), $"""
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured. An admission policy of the cluster overrides {fields} of the HelmRelease whenever it is written; the controller leaves that as it is.
            """);

    // It cannot be told from a stranger's any more, and is not written to.
    private static RuleRow Lost(
        string name, Func<HelmRelease, HelmRelease> policy, string labels, string rule, string more = "")
    {
        var fields = more + string.Join(", ", labels.Split(", ").Select(l => $"metadata.labels.{Prefix}/{l}"));
        var message = $"An admission policy of the cluster overrides {fields} of HelmRelease envs/relpr-22 whenever it is written, "
            + "but this is what the controller recognises it by. Exempt it from that policy, then delete it: it will be created again.";
        return new RuleRow(
            $"Override_{name}_LosesTheRelease",
            World.Plain.Open(22).Row(22, "Failed", "FieldOverridden").Release(22, change: r => r.Ready().Overridden(policy)), $"""
            Ready=False FieldOverridden Stalled: PR 22: {message}
            PR 22 Failed/FieldOverridden aaaaaaa by {rule}: {message}
            """);
    }
}
