using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Core.Templates;

namespace PrEnv.Tests.Planning;

/// <summary>
/// A small world to plan in: the resource <c>default/demo</c> on <c>octo/app</c>, whose releases live in <c>envs</c>, at noon. Each method
/// gives a world with one thing changed.
/// </summary>
internal sealed record World
{
    public const string Destination = "envs";

    public const string Context = "ephemeral-env/demo";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly string A = new('a', 40);

    public static readonly string B = new('b', 40);

    private World()
    {
    }

    public PREphemeralEnvController Resource { get; init; } = new()
    {
        Metadata = new ObjectMeta
        {
            Name = "demo",
            Namespace = "default",
            Uid = "uid-demo",
            ResourceVersion = "1",
            Generation = 1,
            CreationTimestamp = Noon - TimeSpan.FromHours(2),
            Finalizers = [PREphemeralEnvController.Finalizer],
        },
        Spec = new PREphemeralEnvControllerSpec
        {
            GitHubPRRepository = new GitHubPRRepository { User = "octo", Repo = "app" },
            EnvCreationHelmRepo = new EnvCreationHelmRepo
            {
                FluxSourceRepoName = "infra",
                HelmChartPath = "chart",
                DestinationNamespace = Destination,
            },
        },
        Status = new PREphemeralEnvControllerStatus { ObservedGeneration = 1, OpenPullRequests = 1, Environments = [] },
    };

    public ControllerSettings Settings { get; init; } = new();

    public FluxState Flux { get; init; } = FluxState.Synced;

    /// <summary>When null, the listing is complete and holds <see cref="PullRequests"/>.</summary>
    public PullRequestListing? Answer { get; init; }

    /// <summary>When the listing was read; null: just now.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    public bool WasAsked { get; init; } = true;

    public ImmutableArray<PullRequest> PullRequests { get; init; } = [];

    public ImmutableArray<PullRequest> Remembered { get; init; } = [];

    public ImmutableArray<HelmRelease> Releases { get; init; } = [];

    public ImmutableDictionary<int, PullRequestState> Confirmations { get; init; } = ImmutableDictionary<int, PullRequestState>.Empty;

    public ImmutableDictionary<ProbeRevision, ProbeObservation> Probes { get; init; } =
        ImmutableDictionary<ProbeRevision, ProbeObservation>.Empty;

    public ImmutableDictionary<string, ReportedStatus> Ledger { get; init; } = ImmutableDictionary<string, ReportedStatus>.Empty;

    public ImmutableDictionary<int, ReviewReading> Reviews { get; init; } = ImmutableDictionary<int, ReviewReading>.Empty;

    public ImmutableDictionary<int, ChangedFiles> Files { get; init; } = ImmutableDictionary<int, ChangedFiles>.Empty;

    public ImmutableDictionary<string, CheckReading> Checks { get; init; } = ImmutableDictionary<string, CheckReading>.Empty;

    public ImmutableDictionary<int, CommitStatus> WithoutRelease { get; init; } = ImmutableDictionary<int, CommitStatus>.Empty;

    public ImmutableHashSet<string> ResourceUids { get; init; } = ["uid-demo"];

    public UrlClaims HealthUrls { get; init; } = UrlClaims.None;

    public NamespaceReading Namespaces { get; init; } = NamespaceReading.None;

    public IReadOnlySet<(int PrNumber, ReportKind What)>? Unreported { get; init; }

    public ImmutableArray<(ResourceKey Chart, ChartReading Reading)> Charts { get; init; } = [];

    public ImmutableArray<Command> Commands { get; init; } = [];

    public bool KeepsNoEffects { get; init; }

    public DateTimeOffset ClockSteadySince { get; init; } = Noon - TimeSpan.FromDays(1);

    public ImmutableDictionary<int, DateTimeOffset> HeadSeen { get; init; } = ImmutableDictionary<int, DateTimeOffset>.Empty;

    public DateTimeOffset Now { get; init; } = Noon;

    /// <summary>The default: ready as soon as it is applied.</summary>
    public static World Plain { get; } = new();

    /// <summary>Ready when Flux says so.</summary>
    public static World Fluxed { get; } = Plain.Spec(s => s with { ReadyWhen = "HelmReleaseReady" });

    /// <summary>Ready when <c>https://pr-N.test/SHA</c> answers.</summary>
    public static World Probing { get; } = Plain.Spec(
        s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NUMBER>>.test/<<PR_HEAD_SHA>>" });

    public static string UrlOf(int number, string sha) => string.Create(CultureInfo.InvariantCulture, $"https://pr-{number}.test/{sha}");

    public World Spec(Func<PREphemeralEnvControllerSpec, PREphemeralEnvControllerSpec> change) =>
        this with { Resource = Resource with { Spec = change(Resource.Spec) } };

    public World Helm(Func<EnvCreationHelmRepo, EnvCreationHelmRepo> change) =>
        Spec(s => s with { EnvCreationHelmRepo = change(s.EnvCreationHelmRepo!) });

    public World Repo(Func<GitHubPRRepository, GitHubPRRepository> change) =>
        Spec(s => s with { GitHubPRRepository = change(s.GitHubPRRepository!) });

    public World Meta(Func<ObjectMeta, ObjectMeta> change) =>
        this with { Resource = Resource with { Metadata = change(Resource.Metadata) } };

    public World Status(Func<PREphemeralEnvControllerStatus, PREphemeralEnvControllerStatus> change) =>
        this with { Resource = Resource with { Status = change(Resource.Status ?? new PREphemeralEnvControllerStatus()) } };

    public World Silent() => Spec(s => s with { Report = new Report { CommitStatus = new CommitStatusReport { Enabled = false } } });

    public World Deleted(string? policy = null) =>
        (this with { WasAsked = false }).Meta(m => m with { DeletionTimestamp = Noon }).Spec(s => s with { DeletionPolicy = policy });

    public World Open(int number, string? sha = null, Func<PullRequest, PullRequest>? change = null)
    {
        var pullRequest = PullRequest(number, sha ?? A);
        return this with { PullRequests = PullRequests.Add(change is null ? pullRequest : change(pullRequest)) };
    }

    public World Forks(string policy) => Selecting(s => s with { Forks = policy });

    public World Selecting(Func<PullRequestSelection, PullRequestSelection> change) =>
        Spec(s => s with { PullRequests = change(s.PullRequests ?? new PullRequestSelection()) });

    public World Limited(int environments) => Spec(s => s with { Limits = new Limits { MaxEnvironments = environments } });

    public World Expiring(string timeout = "1h", params string[] keep) =>
        Spec(s => s with { Expiry = new Expiry { IdleTimeout = timeout, KeepLabels = keep } });

    /// <summary>Idle environments sleep without replicas.</summary>
    public World Sleeping(Func<Sleep, Sleep>? change = null) => Spec(s => s with
    {
        Sleep = (change ?? (x => x))(new Sleep { Values = ReleaseExtensions.Json("""{"replicaCount":0}"""), IdleTimeout = "1h" }),
    });

    /// <summary>Environments are awake on weekdays, from seven to eight; noon is on a Sunday.</summary>
    public World OnWeekdays(string? timeout = null) => Sleeping(s => s with
    {
        IdleTimeout = timeout,
        Awake = new AwakeHours { Days = ["Mon", "Tue", "Wed", "Thu", "Fri"], From = "07:00", To = "20:00" },
    });

    /// <summary>Its release as the controller left it when it put the environment to sleep, five minutes ago; Flux has followed.</summary>
    public World Asleep(
        int number, string? sha = null, Func<HelmRelease, HelmRelease>? change = null, Func<PullRequest, string>? look = null)
    {
        var (commit, spec) = (sha ?? A, SpecReader.Read(Resource, Settings).Spec!);
        var (pullRequest, since) = (PullRequest(number, commit), Noon - TimeSpan.FromMinutes(5));
        var template = ReleaseTemplate.Of(spec).Asleep;
        var wish = WishOf(pullRequest, spec) with
        {
            Template = template,
            AsleepSince = since,
            Activity = new Activity(Noon - TimeSpan.FromHours(2), look is null ? Look(number) : look(pullRequest)),
        };
        var desired = DesiredReleases.For(wish, since);
        var release = Own(number, commit) with { Spec = desired.Wish };
        release = release.Meta(m => m with { Generation = 2, Annotations = desired.Annotations }).Ready().Attempted(2)
            .Posted("success", "Successfully created ephemeral environment for PR", sha: commit, generation: 1);
        return Has(change is null ? release : change(release));
    }

    /// <summary>How that pull request looks: see <see cref="Activity.LookOf"/>.</summary>
    public string Look(int number, bool isApproved = false) =>
        Activity.LookOf(PullRequests.FirstOrDefault(p => p.Number == number) ?? PullRequest(number, A), isApproved);

    /// <summary>The release of that open pull request records that something last happened at that time, and how it looked then.</summary>
    public World Idle(int number, TimeSpan time, string? look = null) => this with
    {
        Releases = [.. Releases.Select(r => ReleaseNaming.PrNumberOf(r.Metadata.Name) == number
            ? r.Annotation(OwnerLabels.ActivityAnnotation, new Activity(Noon - time, look ?? Look(number)).ToString())
            : r)],
    };

    /// <summary>Each new environment gets the namespace <c>pr-N</c>.</summary>
    public World Namespaced(Func<NamespaceSettings, NamespaceSettings>? change = null) => Spec(s => s with
    {
        Namespace = (change ?? (n => n))(new NamespaceSettings { Template = "pr-<<PR_NUMBER>>" }),
    });

    public World HasNamespace(ClusterNamespace found) =>
        this with { Namespaces = Namespaces with { Found = Namespaces.Found.Add(found) } };

    /// <summary>The namespace that the controller itself would have created for that pull request.</summary>
    public World Namespace(int number, Func<ClusterNamespace, ClusterNamespace>? change = null, string? name = null)
    {
        var spec = SpecReader.Read(Resource, Settings).Spec ?? throw new InvalidOperationException("This world's spec is invalid.");
        var context = new TemplateContext(PullRequest(number, A), spec.Owner, spec.Repository);
        name ??= string.Create(CultureInfo.InvariantCulture, $"pr-{number}");
        var desired = EnvironmentNamespaces.For(Resource, name, spec.Namespace, context);
        var found = new ClusterNamespace
        {
            Metadata = new ObjectMeta
            {
                Name = desired.Name,
                Uid = "uid-of-" + desired.Name,
                CreationTimestamp = Noon - TimeSpan.FromMinutes(10),
                Labels = desired.Labels,
                Annotations = desired.Annotations,
            },
        };
        return HasNamespace(change is null ? found : change(found));
    }

    /// <summary>The release that the controller itself would have made for that commit, in the namespace that it created.</summary>
    public World ReleaseIn(int number, string? sha = null, Func<HelmRelease, HelmRelease>? change = null, string? name = null)
    {
        var release = Own(number, sha ?? A, name ?? $"pr-{number.ToString(CultureInfo.InvariantCulture)}");
        return Has(change is null ? release : change(release));
    }

    public World Labelled(int number, params string[] labels) => Open(number, change: p => p with { Labels = new LabelSet(labels) });

    public World Reviewed(int number, params Review[] reviews) =>
        this with { Reviews = Reviews.SetItem(number, new ReviewReading.Known([.. reviews])) };

    public World ReviewsUnread(int number) =>
        this with { Reviews = Reviews.SetItem(number, new ReviewReading.Unknown("GitHub returned an error (500); retrying.")) };

    public World Changing(int number, params string[] paths) =>
        this with { Files = Files.SetItem(number, new ChangedFiles.Known([.. paths], IsComplete: true, [])) };

    public World FilesUnread(int number) =>
        this with { Files = Files.SetItem(number, new ChangedFiles.Unknown("GitHub returned an error (500); retrying.")) };

    public World Waiting(params string[] checks) => Spec(s => s with { WaitFor = new WaitFor { Checks = checks } });

    /// <summary>GitHub was asked for the checks of that commit: these check runs, each newer than the one before it.</summary>
    public World Checked(string sha, params (string Name, CheckState State)[] runs) => this with
    {
        Checks = Checks.SetItem(
            sha, new CheckReading([.. runs.Select((run, at) => new CheckResult(CheckKind.Run, run.Name, at + 1, run.State))])),
    };

    public World ChecksUnread(string sha) =>
        this with { Checks = Checks.SetItem(sha, new CheckReading([], "GitHub returned an error (500); retrying.")) };

    /// <summary>The last row also says since when that commit has waited.</summary>
    public World Waited(string sha, string reason, TimeSpan time) => Status(s => s with
    {
        Environments =
        [
            .. s.Environments!.SkipLast(1),
            s.Environments![^1]! with { Waiting = new WaitingCommit { HeadSha = sha, Reason = reason, Since = Noon - time } },
        ],
    });

    public World Posted(int number, CommitStatus status) => this with { WithoutRelease = WithoutRelease.SetItem(number, status) };

    public World Commanded(int number, CommandVerb verb, string? sha = null, long id = 7, TimeSpan? time = null) =>
        this with { Commands = Commands.Add(new Command(number, id, verb, sha, Noon) { Time = time }) };

    public World Seen(int number, DateTimeOffset at) => this with { HeadSeen = HeadSeen.SetItem(number, at) };

    public World Ordered(Func<CommandEffects, CommandEffects> change) => Meta(m => m with
    {
        Annotations = ImmutableDictionary<string, string>.Empty.Add(
            PREphemeralEnvController.CommandEffectsAnnotation, change(CommandEffects.None).ToJson() ?? "{}"),
    });

    public World Commandable() =>
        Spec(s => s with { Report = (s.Report ?? new Report()) with { Commands = new ReportSwitch { Enabled = true } } });

    public World Deploying() =>
        Spec(s => s with { Report = (s.Report ?? new Report()) with { Deployments = new DeploymentsReport { Enabled = true } } });

    public World Commenting() =>
        Spec(s => s with { Report = (s.Report ?? new Report()) with { Comment = new ReportSwitch { Enabled = true } } });

    public World Fork(int number) => Open(number, change: p => p with { IsFork = true });

    public World Confirmed(int number, PullRequestState state) => this with { Confirmations = Confirmations.SetItem(number, state) };

    public World Away(UnavailableReason reason) =>
        this with { Answer = new PullRequestListing.Unavailable(reason, $"GitHub is away: {reason}.") };

    public World Has(HelmRelease release) => this with { Releases = Releases.Add(release) };

    /// <summary>The release that the controller itself would have made for that commit.</summary>
    public World Release(int number, string? sha = null, Func<HelmRelease, HelmRelease>? change = null)
    {
        var release = Own(number, sha ?? A);
        return Has(change is null ? release : change(release));
    }

    /// <summary>Of it, Flux has said no more than that it has begun.</summary>
    public HelmRelease Own(int number, string sha, string? @namespace = null)
    {
        var spec = SpecReader.Read(Resource, Settings).Spec ?? throw new InvalidOperationException("This world's spec is invalid.");
        var desired = DesiredReleases.For(WishOf(PullRequest(number, sha), spec, @namespace), Noon - TimeSpan.FromMinutes(10));
        return new HelmRelease
        {
            Metadata = new ObjectMeta
            {
                Namespace = desired.Key.Namespace,
                Name = desired.Key.Name,
                Uid = string.Create(CultureInfo.InvariantCulture, $"uid-{number}"),
                ResourceVersion = "1",
                Generation = 1,
                CreationTimestamp = Noon - TimeSpan.FromMinutes(10),
                Labels = desired.Labels,
                Annotations = desired.Annotations,
            },
            Spec = desired.Wish,
            Status = new HelmReleaseStatus
            {
                Conditions =
                [
                    new Condition
                    {
                        Type = "Reconciling",
                        Status = "True",
                        Reason = "Progressing",
                        Message = "Fulfilling prerequisites",
                        ObservedGeneration = 1,
                        LastTransitionTime = Noon,
                    },
                ],
            },
        };
    }

    public ReleaseWish WishOf(PullRequest pullRequest, EnvironmentSpec spec, string? @namespace = null) => new()
    {
        Resource = Resource,
        Template = ReleaseTemplate.Of(spec).In(@namespace),
        PullRequest = pullRequest,
        PageUrl = pullRequest.HtmlUrl,
    };

    public World Row(int number, string phase, string reason, string? sha = null, string? message = null, string? release = null) =>
        Status(s => s with
        {
            Environments =
            [
                .. s.Environments ?? [],
                new EnvironmentStatus
                {
                    PrNumber = number,
                    HeadSha = sha ?? A,
                    Phase = phase,
                    Reason = reason,
                    Message = message,
                    HelmRelease = release,
                    Since = Noon - TimeSpan.FromMinutes(5),
                },
            ],
        });

    public World Probed(int number, bool succeeded, int failures = 0, string? sha = null, long generation = 1, string? last = null)
    {
        var commit = sha ?? A;
        var revision = new ProbeRevision(
            string.Create(CultureInfo.InvariantCulture, $"uid-{number}"), generation, commit, UrlOf(number, commit));
        return this with
        {
            Probes = Probes.SetItem(
                revision, new ProbeObservation(revision, succeeded, failures, last ?? (failures > 0 ? "answered 503" : null))),
        };
    }

    /// <summary>A Secret keeps the environment from being asked any further.</summary>
    public World Obstructed(int number, string obstacle)
    {
        var revision = new ProbeRevision(string.Create(CultureInfo.InvariantCulture, $"uid-{number}"), 1, A, UrlOf(number, A));
        var before = Probes.GetValueOrDefault(revision) ?? new ProbeObservation(revision, false, 0, null);
        return this with { Probes = Probes.SetItem(revision, before with { Obstacle = obstacle }) };
    }

    public World Later(TimeSpan time) => this with { Now = Now + time };

    public Snapshot Snapshot() => Snapshot(SpecReader.Read(Resource, Settings));

    private Snapshot Snapshot(SpecReading spec) => new()
    {
        Resource = Resource,
        Spec = spec,
        Flux = Flux,
        Listing = !WasAsked ? null
            : Answer ?? new PullRequestListing.Complete([.. PullRequests.OrderBy(p => p.Number)]) { ReadAt = ListedAt },
        Confirmations = Confirmations,
        Remembered = Remembered.ToImmutableDictionary(p => p.Number),
        Releases = Releases,
        HealthUrls = HealthUrls,
        Probes = Probes,
        Reported = Ledger,
        Reviews = Reviews,
        Files = spec.Spec is { } valid ? Verdicts(valid) : ImmutableDictionary<PathQuestion, PathVerdict>.Empty,
        Checks = Checks,
        ReportedWithoutRelease = WithoutRelease,
        ResourceUids = ResourceUids,
        Namespaces = Namespaces,
        Commands = Commands,
        Charts = Charts.ToImmutableDictionary(c => c.Chart, c => c.Reading),
        Unreported = Unreported,
        HeadSeen = HeadSeen,
        ClockSteadySince = ClockSteadySince,
        KeepsNoEffects = KeepsNoEffects,
        Now = Now,
    };

    private ImmutableDictionary<PathQuestion, PathVerdict> Verdicts(EnvironmentSpec spec) => PullRequests
        .Where(p => Files.ContainsKey(p.Number))
        .Select(p => PathQuestion.Of(p, spec))
        .OfType<PathQuestion>()
        .ToImmutableDictionary(question => question, question => PathVerdict.Of(question, Files[question.PrNumber]));

    public Plan Plan() => EnvironmentReconciler.Reconcile(Snapshot());

    public static PullRequest PullRequest(int number, string sha) => new()
    {
        Number = number,
        HeadSha = sha,
        HeadBranch = "topic",
        BaseBranch = "main",
        Title = "Add a thing",
        Author = "mona",
        HtmlUrl = string.Create(CultureInfo.InvariantCulture, $"https://github.test/octo/app/pull/{number}"),
    };
}
