using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Benchmarks.Planning;

/// <summary>A resource with so many environments, all of them ready and told.</summary>
internal static class SettledSnapshot
{
    /// <summary>The check that <see cref="EveryLifetime"/> waits for.</summary>
    public const string Check = "build";

    private static readonly string[] Placeholders =
        ["PR_NUMBER", "PR_HEAD_SHA", "PR_BRANCH_SLUG", "PR_TARGET_BRANCH", "PR_AUTHOR"];

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Every filter set, so that each admits all pull requests.</summary>
    public static PullRequestSelection EveryFilter { get; } = new()
    {
        Labels = ["preview"],
        AnyLabels = ["shop", "demo"],
        ExcludeLabels = ["wip", "stop"],
        Drafts = "Skip",
        Authors = ["octocat", "mona"],
        ExcludeAuthors = ["dependabot[bot]", "renovate[bot]"],
        TargetBranches = ["^main$", @"^release/\d{1,3}(\.\d{1,3}){2}$"],
        Branches = ["^feature/", "^fix/"],
        ExcludeBranches = ["^dependabot/", "(?i)wip"],
        Titles = ["^[A-Z]"],
        ExcludeTitles = [@"(?i)\bwip\b", @"\[skip"],
    };

    /// <summary>A limit, checks, expiry and sleep: each is far away.</summary>
    public static PREphemeralEnvControllerSpec EveryLifetime(PREphemeralEnvControllerSpec spec) => spec with
    {
        Limits = new Limits { MaxEnvironments = 2000 },
        WaitFor = new WaitFor { Checks = [Check] },
        Expiry = new Expiry { IdleTimeout = "72h", KeepLabels = ["keep"] },
        Sleep = new Sleep
        {
            Values = JsonElement.Parse("""{"replicaCount":0}"""u8),
            IdleTimeout = "4h",
            Awake = new AwakeHours { From = "00:00", To = "20:00", TimeZone = "Europe/Berlin" },
            KeepLabels = ["keep"],
        },
    };

    /// <summary>Values of 2 KiB with ten placeholders.</summary>
    public static PREphemeralEnvControllerSpec BigValues(PREphemeralEnvControllerSpec spec)
    {
        string[] texts =
        [
            .. Enumerable.Range(0, 10).Select(i => string.Create(
                CultureInfo.InvariantCulture, $"{new string((char)('a' + i), 180)}-<<{Placeholders[i % Placeholders.Length]}>>")),
        ];
        var values = JsonSerializer.SerializeToElement(
            texts.Index().ToDictionary(t => $"text{t.Index}", t => t.Item, StringComparer.Ordinal));
        return spec with { EnvCreationHelmRepo = spec.EnvCreationHelmRepo! with { Values = values } };
    }

    public static Snapshot Of(
        int count, PullRequestSelection? selection = null, Func<PREphemeralEnvControllerSpec, PREphemeralEnvControllerSpec>? change = null)
    {
        var resource = new PREphemeralEnvController
        {
            Metadata = new ObjectMeta
            {
                Name = "load",
                Namespace = "default",
                Uid = "owner",
                Generation = 1,
                Finalizers = [PREphemeralEnvController.Finalizer],
            },
            Spec = new PREphemeralEnvControllerSpec
            {
                GitHubPRRepository = new GitHubPRRepository { User = "octo-org", Repo = "shop" },
                EnvCreationHelmRepo = new EnvCreationHelmRepo { FluxSourceRepoName = "infra", HelmChartPath = "charts/env" },
                EnvHealthCheckUrlTemplate = "https://pr-<<PR_NUMBER>>.example.com/healthz",
                EnvUrlTemplate = "https://pr-<<PR_NUMBER>>.example.com/",
                PullRequests = selection,
            },
        };
        if (change is not null)
            resource = resource with { Spec = change(resource.Spec) };
        ImmutableArray<PullRequest> listed = [.. Enumerable.Range(1, count).Select(PullRequestOf)];
        var passed = new CheckReading([new CheckResult(CheckKind.Run, Check, 1, CheckState.Passed)]);
        var snapshot = new Snapshot
        {
            Resource = resource,
            Spec = SpecReader.Read(resource, new ControllerSettings()),
            Listing = new PullRequestListing.Complete(listed),
            Checks = listed.ToImmutableDictionary(p => p.HeadSha, _ => passed, StringComparer.Ordinal),
            Now = Now,
        };
        // Made, found ready, told: three rounds, then nothing is left to do.
        for (var round = 0; round < 3; round++)
            snapshot = Carry(snapshot, EnvironmentReconciler.Reconcile(snapshot));
        return snapshot;
    }

    private static PullRequest PullRequestOf(int number) => new()
    {
        Number = number,
        HeadSha = number.ToString("x40", CultureInfo.InvariantCulture),
        HeadBranch = $"feature/{number}",
        BaseBranch = "main",
        Title = $"Change number {number} of the shop",
        Author = "octocat",
        Labels = new LabelSet(["preview", "shop"]),
        IsDraft = false,
        HtmlUrl = $"https://github.com/octo-org/shop/pull/{number}",
    };

    // The double of the cluster, of Flux and of GitHub in one: everything succeeds at once.
    private static Snapshot Carry(Snapshot snapshot, Plan plan)
    {
        var releases = plan.Environments.Select(e => Told(e, ReleaseOf(snapshot, e))).ToImmutableArray();
        return snapshot with
        {
            Releases = releases,
            Resource = snapshot.Resource with { Status = Conclusion.Conclude(snapshot, plan, [], []).Status },
            Probes = plan.Environments.Select(e => e.Probe).OfType<ProbeTarget>()
                .ToImmutableDictionary(probe => probe.Revision, probe => new ProbeObservation(probe.Revision, Succeeded: true, 0, null)),
        };
    }

    private static HelmRelease ReleaseOf(Snapshot snapshot, EnvironmentDecision decision) =>
        decision.Actions.OfType<PlannedAction.Apply>().FirstOrDefault() is not { Desired: var desired }
            ? snapshot.Releases.First(r => r.Metadata.Name == decision.Release!.Value.Name)
            : new HelmRelease
            {
                Metadata = new ObjectMeta
                {
                    Name = desired.Key.Name,
                    Namespace = desired.Key.Namespace,
                    Uid = $"uid-{decision.PrNumber}",
                    Generation = 1,
                    Labels = desired.Labels,
                    Annotations = desired.Annotations,
                },
                Spec = desired.Spec,
                Status = new HelmReleaseStatus
                {
                    ObservedGeneration = 1,
                    Conditions = [
                        new Condition
                        {
                            Type = "Ready",
                            Status = "True",
                            Reason = "InstallSucceeded",
                            Message = "Helm install succeeded",
                            ObservedGeneration = 1,
                        }],
                },
            };

    private static HelmRelease Told(EnvironmentDecision decision, HelmRelease release) => decision.Report is not { } report
        ? release
        : release with
        {
            Metadata = release.Metadata with
            {
                Annotations = new Dictionary<string, string>(release.Metadata.Annotations!, StringComparer.Ordinal)
                {
                    [OwnerLabels.ReportedAnnotation] = new ReportedStatus(report, release.Metadata.Generation).ToJson(),
                },
            },
        };
}
