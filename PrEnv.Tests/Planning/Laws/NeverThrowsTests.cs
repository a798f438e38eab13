using System.Text.Json;
using CsCheck;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Laws;

/// <summary>Nothing that a person can write into a spec, a pull request or a release makes the planner throw.</summary>
[TestFixture]
public sealed class NeverThrowsTests
{
    private static readonly Gen<string?> Field = Gen.Frequency(
        (1, Gen.Const((string?)null)), (3, Hostile.Text.Select(t => (string?)t)),
        (4, Gen.OneOf<string?>(
            "octo", "app", "infra", "charts/env", "60s", "1h", "0", "https://pr-<<PR_NUMBER>>.test/<<PR_TITLE>>",
            "https://<<PR_BRANCH_SLUG>>.test", "Allow", "Orphan", "envs", "HelmReleaseReady")));

    private static readonly Gen<PREphemeralEnvControllerSpec> AnySpec = Gen.Select(
        Field.Array[17], Gen.Int[-1, 700].Array[0, 40], Gen.Int[0, 4095]).Select(Spec);

    private static readonly Gen<string> AnyJson = Gen.OneOf(
        Hostile.Text.Select(
            t => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["prSHA"] = t, [t] = t })),
        Gen.OneOf(
            "null", "1", "\"x\"", "[]", "{}", """{"prNumber":null}""", """{"prNumber":1.5}""", """{"prNumber":1e400}""", """{"prSHA":{}}""",
            """{"prSHA":"\ud800"}""",
            """{"\ud800":1}""", """{"prNumber":99999999999999999999,"prSHA":""}""", """{"prNumber":1,"prNumber":2}"""));

    [Test]
    public void Reconcile_OfAnySpec_NeverThrows() =>
        AnySpec.Sample(spec =>
        {
            var world = World.Plain.Open(1).Release(1).Row(1, "Ready", "EnvReady").Probed(1, succeeded: true);
            Plan((world with { Resource = world.Resource with { Spec = spec } }).Snapshot());
        }, iter: 5000);

    [Test]
    public void Reconcile_OfAnyPullRequest_NeverThrowsAndLinksOnlyWhereItShould() =>
        Gen.Select(Hostile.Text, Hostile.Text, Hostile.Text, Hostile.Text).Sample((title, branch, author, page) =>
        {
            var world = World.Probing
                .Spec(
                    s => s with
                    {
                        EnvUrlTemplate =
                            "https://<<PR_BRANCH_SLUG>>.<<PR_TARGET_BRANCH_SLUG>>.test/<<PR_TITLE>>/<<PR_BRANCH>>"
                            + "?a=<<PR_AUTHOR>>#<<PR_TITLE>>",
                    })
                .Open(1, change: p => p with { Title = title, HeadBranch = branch, BaseBranch = page, Author = author, HtmlUrl = page });
            foreach (var url in Plan(world.Snapshot()).Environments.Select(e => e.Url).OfType<string>())
            {
                Assert.That(Uri.TryCreate(url, UriKind.Absolute, out var link), Is.True, url);
                Assert.That(link!.Host, Does.EndWith(".test"));
                Assert.That(link.UserInfo, Is.Empty);
                Assert.That(link.Segments, Has.Length.InRange(2, 3));
            }
        }, iter: 5000);

    [Test]
    public void Reconcile_OfAnyRelease_NeverThrows() =>
        Gen.Select(AnyJson, Hostile.Text, Hostile.Text, Hostile.Text).Sample((values, sha, time, reported) =>
        {
            var world = World.Probing.Open(1).Release(1, change: r => r.Ready().Values(values)
                .Annotation(OwnerLabels.HeadShaAnnotation, sha).Annotation(OwnerLabels.UpdatedAtAnnotation, time)
                .Annotation(OwnerLabels.ReportedAnnotation, reported).Annotation(OwnerLabels.PrUrlAnnotation, sha));
            Plan(world.Snapshot());
            Plan(world.Away(UnavailableReason.ServerError).Snapshot());
            Plan(world.Deleted().Snapshot());
        }, iter: 5000);

    [Test]
    public void Reconcile_OfAnyWordOfFlux_NeverThrowsAndStaysWithinItsBounds() =>
        Gen.Select(Hostile.Text, Hostile.Text, Gen.OneOf("True", "False", "Unknown", "")).Sample((reason, message, ready) =>
        {
            var snapshot = World.Fluxed.Open(1).Release(1, change: r => r.Flux(ready, reason, message, ended: true)).Snapshot();
            Plan(snapshot);
            Law.Bounds(snapshot);
            Law.Truth(snapshot);
        }, iter: 5000);

    [Test]
    public void Reconcile_OfAResourceWithoutSpec_IsInvalidAndDoesNotThrow()
    {
        foreach (
            var json in new[]
            {
                """{"metadata":{"name":"demo","namespace":"default"}}""",
                """{"metadata":{"name":"demo","namespace":"default"},"spec":null}""",
            })
        {
            var resource = JsonSerializer.Deserialize(json, ResourceJson.Default.PREphemeralEnvController)!;
            var plan = Plan(
                new Snapshot { Resource = resource, Spec = SpecReader.Read(resource, new ControllerSettings()), Now = World.Noon });
            Assert.That(plan.Overall.Reason, Is.EqualTo("InvalidSpec"));
        }
    }

    private static Plan Plan(Snapshot snapshot)
    {
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var results = plan.Actions.Select(a => new ActionResult(a, null, null)).ToList();
        // What is published must survive the way to the server and back, or it would be written again at each look.
        var json = FakeController.Json(Conclusion.Conclude(snapshot, plan, results, []).Status);
        Assert.That(
            FakeController.Json(JsonSerializer.Deserialize(json, ResourceJson.Default.PREphemeralEnvControllerStatus)!), Is.EqualTo(json));
        EnvironmentReconciler.Questions(snapshot);
        Law.Explanation(snapshot);
        return plan;
    }

    private static PREphemeralEnvControllerSpec Spec(string?[] text, int[] codes, int present) => new()
    {
        GitHubPRRepository = IsSet(present, 0) ? null : new GitHubPRRepository
        {
            User = text[0],
            Repo = text[1],
            ApiUrl = IsSet(present, 1) ? null : text[2],
            TokenSecretRef = IsSet(present, 2) ? null : new SecretKeyReference { Name = text[3], Namespace = text[4], Key = text[5] },
        },
        EnvCreationHelmRepo = IsSet(present, 3) ? null : new EnvCreationHelmRepo
        {
            FluxSourceRepoName = text[6],
            FluxSourceNamespace = text[7],
            HelmChartPath = text[8],
            ChartVersion = text[9],
            DestinationNamespace = text[10],
        },
        Interval = text[11],
        EnvHealthCheckUrlTemplate = text[12],
        EnvUrlTemplate = IsSet(present, 4) ? null : text[13],
        HealthCheck = IsSet(present, 5)
            ? null
            : new HealthCheck
            {
                Timeout = text[14],
                RequestTimeout = text[15],
                ExpectedStatusCodes = IsSet(present, 6) ? null : codes,
                CaSecretRef = IsSet(present, 2) ? null : new SecretKeyReference { Name = text[3], Namespace = text[4], Key = text[5] },
                HeadersSecretRef = IsSet(present, 6) ? null : new SecretReference { Name = text[3], Namespace = text[4] },
            },
        ReadyWhen = IsSet(present, 7) ? null : text[16],
        PullRequests = IsSet(present, 8) ? null : new PullRequestSelection
        {
            Forks = text[16],
            Labels = [text[0]!, text[1]!],
            AnyLabels = [text[2]!],
            ExcludeLabels = [text[3]!],
            Drafts = text[4],
            Authors = [text[5]!],
            ExcludeAuthors = [text[6]!, text[7]!],
            TargetBranches = [text[8]!],
            Titles = [text[9]!, text[10]!],
            ExcludeTitles = [text[13]!],
            Paths = [text[14]!, text[15]!],
            ExcludePaths = [text[0]!],
        },
        WaitFor = new WaitFor { Checks = [text[1]!, text[2]!], Timeout = text[3] },
        Namespace = IsSet(present, 10) ? null : new NamespaceSettings
        {
            Template = text[12],
            Labels = IsSet(present, 6) ? null : Entries(text[3], text[4], text[15], text[16]),
            Annotations = IsSet(present, 7) ? null : Entries(text[5], text[6], text[7], null),
        },
        Report = IsSet(present, 9)
            ? null
            : new Report { CommitStatus = new CommitStatusReport { Enabled = IsSet(present, 10), Context = text[13] } },
        DeletionPolicy = IsSet(present, 11) ? null : text[16],
    };

    private static Dictionary<string, string?> Entries(string? first, string? value, string? second, string? other) =>
        new(StringComparer.Ordinal) { [first ?? ""] = value, [second ?? "stage"] = other };

    private static bool IsSet(int bits, int bit) => (bits & (1 << bit)) != 0;
}
