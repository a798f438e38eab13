using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Simulation;
using static PrEnv.Tests.Planning.OlderObjects;

namespace PrEnv.Tests.Planning;

/// <summary>
/// A new version takes over without a word: of what an older one had settled, nothing is rolled out, posted, shown, commented or published
/// again.
/// </summary>
internal sealed class UpgradeTests
{
    private const string Url = $"https://pr-1.test/{A}";

    private const string Probing = """ "envHealthCheckURLTemplate": "https://pr-<<PR_NUMBER>>.test/<<PR_HEAD_SHA>>",""";

    private const string Fluxed = """ "readyWhen": "HelmReleaseReady",""";

    private const string All = """ "report": {"deployments": {"enabled": true}, "comment": {"enabled": true}},""";

    private const string Commands = """ "report": {"commands": {"enabled": true}},""";

    private const string NeedsApproval = "Comes from a fork: somebody with write permission has to approve this commit in a review";

    private const string Waits = "Comes from a fork: bbbbbbb has to be approved in a review by somebody with write permission.";

    private const string Release = """ "helmRelease":"envs/relpr-1" """;

    [TestCaseSource(nameof(Settled))]
    public void Reconcile_OfWhatAnOlderVersionLeft_HasNothingToDoOrToSay(OlderObjects older)
    {
        var snapshot = older.World().Snapshot();
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var publication = Conclusion.Conclude(snapshot, plan, [], []);
        var decision = plan.Environments.Single();

        Assert.Multiple(() =>
        {
            Assert.That(plan.Actions.Select(PlanText.Of), Is.Empty);
            Assert.That(plan.Finalizer, Is.EqualTo(FinalizerChange.None));
            Assert.That(plan.CommandEffects, Is.Null);
            Assert.That(decision.Report, Is.Null);
            Assert.That(decision.Deployment, Is.Null);
            Assert.That(decision.Comment, Is.Null);
            Assert.That(publication.Events, Is.Empty);
            Assert.That(Facts(publication.Status), Is.EqualTo(Facts(snapshot.Resource.Status!)));
        });
    }

    private static IEnumerable<OlderObjects> Settled() => [.. Ready(), .. Failed(), .. Forks(), .. CarriedOut()];

    private static IEnumerable<OlderObjects> Ready() =>
    [
        new("Applied", "", Row("Ready", "Applied", "The HelmRelease is applied; no health check is configured.", A, Release))
        {
            Reported = Posted(A, "success", "Ephemeral environment creation request submitted"),
        },
        new("Applied, everywhere", All, Row("Ready", "Applied", "The HelmRelease is applied; no health check is configured.", A, Release))
        {
            Reported = Posted(A, "success", "Ephemeral environment creation request submitted"),
            Deployment = Shown("success", "Ephemeral environment creation request submitted"),
            Comment = """{"id":8,"key":"230484af5c7ad153"}""",
        },
        new(
            "Being deployed, everywhere", Fluxed + """ "healthCheck": {"timeout": "4h"},""" + All,
            Row("Deploying", "Progressing", "Flux says Progressing: Running.", A, Release))
        {
            Flux = ("Unknown", "Progressing", "Running"),
            Reported = Posted(A, "pending", "Creation of ephemeral environment for PR in progress"),
            Deployment = Shown("in_progress", "Creation of ephemeral environment for PR in progress"),
            Comment = """{"id":8,"key":"2e6c2fafa59c75e2"}""",
        },
        new("Ready by Flux", Fluxed, Row("Ready", "EnvReady", "The HelmRelease is ready.", A, Release))
        {
            Reported = Posted(A, "success", "Successfully created ephemeral environment for PR"),
        },
        new("Ready by its URL, everywhere", Probing + All, Row("Ready", "EnvReady", $"{Url} answers as expected.", A, Linked))
        {
            Reported = Posted(A, "success", "Successfully created ephemeral environment for PR", Url),
            Deployment = Shown("success", "Successfully created ephemeral environment for PR", Url),
            Comment = """{"id":8,"key":"b7d0cb460162dc5a"}""",
        },
    ];

    private static IEnumerable<OlderObjects> Failed() =>
    [
        new("InstallFailed, everywhere", Fluxed + All, Row("Failed", "InstallFailed", "Flux says InstallFailed: timed out.", A, Release))
        {
            Flux = ("False", "InstallFailed", "timed out"),
            Reported = Posted(A, "failure", "Ephemeral environment for PR failed: InstallFailed"),
            Deployment = Shown("failure", "Ephemeral environment for PR failed: InstallFailed"),
            Comment = """{"id":8,"key":"3284dd6695e7c48b"}""",
        },
        new("InstallFailed, tried again", Fluxed, Row("Failed", "InstallFailed", "Flux says Progressing: Running.", A, Release))
        {
            Flux = ("Unknown", "Progressing", "Running"),
            Reported = Posted(A, "failure", "Ephemeral environment for PR failed: InstallFailed"),
        },
        new("InstallFailed, then UpgradeFailed", Fluxed, Row("Failed", "UpgradeFailed", "Flux says UpgradeFailed: timed out.", A, Release))
        {
            Flux = ("False", "UpgradeFailed", "timed out"),
            Reported = Posted(A, "failure", "Ephemeral environment for PR failed: InstallFailed"),
        },
        new("Timed out, everywhere", Probing + All, Row("Failed", "HealthCheckTimeout", $"Not ready within 30m. {Url}.", A, Linked))
        {
            Reported = Posted(A, "failure", "Ephemeral environment for PR did not become ready within 30m", Url),
            Deployment = Shown("failure", "Ephemeral environment for PR failed: HealthCheckTimeout", Url),
            Comment = """{"id":8,"key":"90caa099f38e3b46"}""",
        },
        new("Unhealthy, everywhere", Probing + All, Row("Failed", "EnvUnhealthy", $"Was ready and became unhealthy. {Url}.", A, Linked))
        {
            Reported = Posted(A, "failure", "Ephemeral environment for PR became unhealthy", Url),
            Deployment = Shown("failure", "Ephemeral environment for PR failed: EnvUnhealthy", Url),
            Comment = """{"id":8,"key":"affa1efde4d017aa"}""",
        },
    ];

    private static IEnumerable<OlderObjects> Forks() =>
    [
        new("A fork that waits", "", Row("Queued", "ApprovalRequired", Waits, B))
        {
            HasRelease = false,
            // What is read back from GitHub, which keeps no reason.
            GitHub = world => world.Open(1, B, p => p with { IsFork = true }).Reviewed(1)
                .Posted(1, PostedReasons.WithReason(new CommitStatus(B, World.Context, CommitState.Pending, NeedsApproval, null))),
        },
        new("A fork that is pinned, everywhere", All,
            Row("Ready", "Applied", $"The HelmRelease is applied; no health check is configured. {Waits}", A, Release))
        {
            Approved = A,
            Reported = Posted(B, "pending", NeedsApproval),
            Deployment = Shown("success", "Ephemeral environment creation request submitted"),
            Comment = """{"id":8,"key":"30d742dfcb506f24"}""",
            GitHub = world => world.Open(1, B, p => p with { IsFork = true })
                .Reviewed(1, new Review("mona", ReviewVerdict.Approved, A, MayWrite: true)),
        },
    ];

    private static IEnumerable<OlderObjects> CarriedOut() =>
    [
        new("Deleted by command", Commands, Row("Skipped", "DeletedByCommand", "Its environment was deleted by a command in a comment.", A))
        {
            HasRelease = false,
            Orders = $$$"""{"approved":{},"deleted":{"1":"{{{A}}}"}}""",
        },
        new("Approved by command", Fluxed + Commands, Row("Ready", "EnvReady", "The HelmRelease is ready.", A, Release))
        {
            Orders = $$$"""{"approved":{"1":"{{{A}}}"},"deleted":{}}""",
            Approved = A,
            Reported = Posted(A, "success", "Successfully created ephemeral environment for PR"),
            GitHub = world => world.Open(1, A, p => p with { IsFork = true }),
        },
    ];

    private static string Linked => $""" {Release},"url":"{Url}" """;

    private static string Row(string phase, string reason, string message, string sha, string more = "") =>
        $""" "headSHA":"{sha}","phase":"{phase}","reason":"{reason}","message":"{message}"{(more.Length > 0 ? "," : "")}{more} """;

    private static string Posted(string sha, string state, string description, string? url = null)
    {
        var link = url is null ? "" : $",\"targetUrl\":\"{url}\"";
        var status = $"\"sha\":\"{sha}\",\"context\":\"ephemeral-env/demo\",\"state\":\"{state}\",\"description\":\"{description}\"{link}";
        return "{\"status\":{" + status + "},\"generation\":1}";
    }

    private static string Shown(string state, string description, string? url = null)
    {
        var link = url is null ? "" : $",\"url\":\"{url}\"";
        return "{\"id\":7,\"report\":{" + $"\"sha\":\"{A}\",\"state\":\"{state}\",\"description\":\"{description}\"{link}" + "}}";
    }

    // All but the sentences, which a version may improve.
    private static string Facts(PREphemeralEnvControllerStatus status) => FakeController.Json(status with
    {
        Conditions = [.. status.Conditions!.Select(c => c with { Message = "" })],
        Environments = [.. status.Environments!.Select(r => r with { Message = null })],
    });
}
