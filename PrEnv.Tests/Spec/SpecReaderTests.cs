using System.Collections;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Timing;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Spec;

[TestFixture]
public sealed class SpecReaderTests
{
    private static readonly string Long = new('a', 300);

    private static readonly World Tokened = World.Plain.Repo(r => r with { TokenSecretRef = new() { Name = "a" } });

    private static IEnumerable Invalid =>
        InvalidRepositories.Concat(InvalidEnvironments).Concat(InvalidLifetimes).Concat(InvalidHealthChecks)
            .Concat(ReferencesElsewhere).Concat(InvalidFilters)
            .Select(c => new TestCaseData(c.World, c.Problem).SetName($"Read_OfAnInvalid{c.Name}_SaysWhatIsWrong"));

    private static (string Name, World World, string Problem)[] InvalidRepositories =>
    [
        ("Name", World.Plain.Meta(m => m with { Name = new string('a', 64) }), "metadata.name has more than 63 characters"),
        ("UserMissing", World.Plain.Repo(r => r with { User = null }),
            "spec.githubPRRepository.user is required: a GitHub user or organisation."),
        ("UserEmpty", World.Plain.Repo(r => r with { User = "" }), "spec.githubPRRepository.user is required"),
        ("UserWithASlash", World.Plain.Repo(r => r with { User = "octo/app" }),
            "spec.githubPRRepository.user is \"octo/app\", which is not a GitHub user"),
        ("UserWithALineBreak", World.Plain.Repo(r => r with { User = "octo\n" }),
            "spec.githubPRRepository.user is \"octo\", which is not"),
        ("UserTooLong", World.Plain.Repo(r => r with { User = Long }), "spec.githubPRRepository.user has more than 100 characters"),
        ("RepoMissing", World.Plain.Repo(r => r with { Repo = null }), "spec.githubPRRepository.repo is required"),
        ("RepoADot", World.Plain.Repo(r => r with { Repo = "." }), "spec.githubPRRepository.repo is \".\""),
        ("RepoTwoDots", World.Plain.Repo(r => r with { Repo = ".." }), "spec.githubPRRepository.repo is \"..\""),
        ("RepoOfAClone", World.Plain.Repo(r => r with { Repo = "app.git" }),
            "spec.githubPRRepository.repo must be the name of the repository without .git"),
        ("ApiUrlPlain", World.Plain.Repo(r => r with { ApiUrl = "http://api.github.com" }),
            "spec.githubPRRepository.apiURL must be an https URL"),
        ("ApiUrlUser", World.Plain.Repo(r => r with { ApiUrl = "https://me:pw@api.github.com" }),
            "spec.githubPRRepository.apiURL must be an https URL"),
        ("ApiUrlQuery", World.Plain.Repo(r => r with { ApiUrl = "https://api.github.com?x" }),
            "spec.githubPRRepository.apiURL must be an https URL"),
        ("ApiUrlFragment", World.Plain.Repo(r => r with { ApiUrl = "https://api.github.com#x" }),
            "spec.githubPRRepository.apiURL must be an https URL"),
        ("ApiUrlBlank", World.Plain.Repo(r => r with { ApiUrl = " https://api.github.com" }),
            "spec.githubPRRepository.apiURL must be an https URL"),
        ("ApiUrlNoUrl", World.Plain.Repo(r => r with { ApiUrl = "github" }), "spec.githubPRRepository.apiURL must be an https URL"),
        ("ApiUrlNotAllowed", World.Plain.Repo(r => r with { ApiUrl = "https://evil.test" }),
            "names the host evil.test, which this controller's --allowed-github-hosts does not list"),
        ("ApiUrlInternational", World.Plain.Repo(r => r with { ApiUrl = "https://bücher.test" }),
            "names the host xn--bcher-kva.test, which"),
        ("ApiUrlHostTooLong", World.Plain.Repo(r => r with { ApiUrl = $"https://{new string('ü', 70)}.test" }),
            "spec.githubPRRepository.apiURL must be an https URL"),
        ("ApiUrlHostHalfInAscii", World.Plain.Repo(r => r with { ApiUrl = "https://xn--ü.test" }),
            "spec.githubPRRepository.apiURL must be an https URL"),
        ("ApiUrlDefaultNotAllowed", World.Plain with { Settings = new() { AllowedGitHubHosts = [HostAndPort.Parse("ghe.test")] } },
            "is not set, and the default is at api.github.com"),
        ("TokenNameMissing", World.Plain.Repo(r => r with { TokenSecretRef = new() }),
            "spec.githubPRRepository.tokenSecretRef.name is required"),
        ("TokenName", World.Plain.Repo(r => r with { TokenSecretRef = new() { Name = "a..b" } }),
            "spec.githubPRRepository.tokenSecretRef.name is \"a..b\""),
        ("TokenNamespace", World.Plain.Repo(r => r with { TokenSecretRef = new() { Name = "a", Namespace = "A" } }),
            "spec.githubPRRepository.tokenSecretRef.namespace is \"A\""),
        ("TokenKey", World.Plain.Repo(r => r with { TokenSecretRef = new() { Name = "a", Key = "a/b" } }),
            "spec.githubPRRepository.tokenSecretRef.key is \"a/b\""),
        ("TokenElsewhere", Confined(World.Plain.Repo(r => r with { TokenSecretRef = new() { Name = "a", Namespace = "kube-system" } })),
            "tokenSecretRef.namespace must be default: this controller runs with --no-cross-namespace-refs"),
        ("DestinationElsewhere", Confined(World.Plain),
            "destinationNamespace must be default: this controller runs with --no-cross-namespace-refs"),
        ("Destination", World.Plain.Helm(h => h with { DestinationNamespace = "a.b" }),
            "spec.envCreationHelmRepo.destinationNamespace is \"a.b\""),
        ("DestinationTooLong", World.Plain.Helm(h => h with { DestinationNamespace = Long }),
            "spec.envCreationHelmRepo.destinationNamespace has more than 63"),
    ];

    private static (string Name, World World, string Problem)[] InvalidEnvironments =>
    [
        ("SourceMissing", World.Plain.Helm(h => h with { FluxSourceRepoName = null }),
            "spec.envCreationHelmRepo.fluxSourceRepoName is required"),
        ("Source", World.Plain.Helm(h => h with { FluxSourceRepoName = "Infra" }),
            "spec.envCreationHelmRepo.fluxSourceRepoName is \"Infra\""),
        ("SourceNamespace", World.Plain.Helm(h => h with { FluxSourceNamespace = "-a" }),
            "spec.envCreationHelmRepo.fluxSourceNamespace is \"-a\""),
        ("ChartMissing", World.Plain.Helm(h => h with { HelmChartPath = null }), "spec.envCreationHelmRepo.helmChartPath is required"),
        ("ChartBlank", World.Plain.Helm(h => h with { HelmChartPath = "  " }), "spec.envCreationHelmRepo.helmChartPath is"),
        ("Version", World.Plain.Helm(h => h with { ChartVersion = "latest" }),
            "spec.envCreationHelmRepo.chartVersion is \"latest\", which is not a version or a range"),
        ("VersionWithALineBreak", World.Plain.Helm(h => h with { ChartVersion = "0.1.0\n" }),
            "spec.envCreationHelmRepo.chartVersion is"),
        ("NegativeLimit", World.Plain.Limited(-1), "spec.limits.maxEnvironments must be a number from 0 to 10000; 0 means any number."),
        ("Interval", World.Plain.Spec(s => s with { Interval = "1 minute" }),
            "spec.interval is \"1 minute\", which is not a valid duration; use a form such as 90s, 5m or 1h30m."),
        ("HealthUrl", World.Plain.Spec(s => s with { EnvHealthCheckUrlTemplate = "env.test" }),
            "spec.envHealthCheckURLTemplate must start with http:// or https://"),
        ("EnvUrl", World.Plain.Spec(s => s with { EnvUrlTemplate = "https://<<PR_TITLE>>.test" }),
            "spec.envURLTemplate has <<PR_TITLE>> in the host"),
        ("ReadyWhen", World.Plain.Spec(s => s with { ReadyWhen = "Soon" }),
            "spec.readyWhen is \"Soon\"; it must be Applied or HelmReleaseReady."),
        ("ReadyWhenBoth", World.Probing.Spec(s => s with { ReadyWhen = "HelmReleaseReady" }),
            "spec.readyWhen cannot be used together with envHealthCheckURLTemplate"),
        ("Forks", World.Plain.Spec(s => s with { PullRequests = new() { Forks = "allow" } }),
            "spec.pullRequests.forks is \"allow\"; it must be Deny, RequireApproval or Allow."),
        ("ContextEmpty", World.Plain.Spec(s => s with { Report = new() { CommitStatus = new() { Context = "" } } }),
            "spec.report.commitStatus.context must have 1 to 100"),
        ("ContextTooLong", World.Plain.Spec(s => s with { Report = new() { CommitStatus = new() { Context = new string('a', 101) } } }),
            "spec.report.commitStatus.context must have"),
        ("ContextTwoLines", World.Plain.Spec(s => s with { Report = new() { CommitStatus = new() { Context = "a\nb" } } }),
            "spec.report.commitStatus.context must have"),
        ("Skipped", World.Plain.Spec(s => s with { Report = new() { CommitStatus = new() { Skipped = "success" } } }),
            "spec.report.commitStatus.skipped is \"success\"; it must be None or Success."),
        ("Cleanup", World.Plain.Spec(s => s with { Report = new() { Deployments = new() { Cleanup = "delete" } } }),
            "spec.report.deployments.cleanup is \"delete\"; it must be Inactive or Delete."),
        ("DeletionPolicy", World.Plain.Spec(s => s with { DeletionPolicy = "orphan" }),
            "spec.deletionPolicy is \"orphan\"; it must be Delete or Orphan."),
    ];

    private static (string Name, World World, string Problem)[] InvalidLifetimes =>
    [
        ("ExpiryIsNoDuration", World.Plain.Expiring("3d"), "spec.expiry.idleTimeout is \"3d\", which is not a valid duration"),
        ("ExpiryTooShort", World.Plain.Expiring("9s"), "spec.expiry.idleTimeout must be at least 10s."),
        ("ExpiryLabel", World.Plain.Expiring("1h", "keep", " "), "spec.expiry.keepLabels[1] is \"\"; it must be a label."),
        ("ExpiryLabelAlone", World.Plain.Spec(s => s with { Expiry = new() { KeepLabels = [null] } }),
            "spec.expiry.keepLabels[0] is empty; it must be a label."),
        ("SleepWithoutValues", World.Plain.Sleeping(s => s with { Values = null }),
            "spec.sleep.values must have at least one value, such as {replicaCount: 0}."),
        ("SleepWithEmptyValues", World.Plain.Sleeping(s => s with { Values = ReleaseExtensions.Json("{}") }),
            "spec.sleep.values must have at least one value, such as {replicaCount: 0}."),
        ("SleepValuesAreNoObject", World.Plain.Sleeping(s => s with { Values = ReleaseExtensions.Json("0") }),
            "spec.sleep.values must be an object."),
        ("SleepPlaceholder", World.Plain.Sleeping(s => s with { Values = ReleaseExtensions.Json("""{"a":"<<PR_ID>>"}""") }),
            "spec.sleep.values.a has the unknown placeholder <<PR_ID>>"),
        ("SleepIsNoDuration", World.Plain.Sleeping(s => s with { IdleTimeout = "3d" }), "spec.sleep.idleTimeout is \"3d\""),
        ("SleepTooShort", World.Plain.Sleeping(s => s with { IdleTimeout = "9s" }), "spec.sleep.idleTimeout must be at least 10s."),
        ("SleepLabel", World.Plain.Sleeping(s => s with { KeepLabels = [""] }), "spec.sleep.keepLabels[0] is"),
        ("AwakeWithoutBeginning", World.Plain.Sleeping(s => s with { Awake = new() { To = "20:00" } }),
            "spec.sleep.awake.from is required."),
        ("AwakeWithoutEnd", World.Plain.Sleeping(s => s with { Awake = new() { From = "07:00" } }), "spec.sleep.awake.to is required."),
        ("AwakeFromMidnightToMidnight", Awake(a => a with { From = "24:00" }), "spec.sleep.awake.from must be before 24:00."),
        ("AwakeForNoTime", Awake(a => a with { To = "07:00" }), "spec.sleep.awake.to is the same as from"),
        ("AwakeAtNoTime", Awake(a => a with { To = "7:00" }), "spec.sleep.awake.to is \"7:00\"; it must be a time such as 07:30."),
        ("AwakeOnNoDay", Awake(a => a with { Days = [] }), "spec.sleep.awake.days must have 1 to 7 days."),
        ("AwakeOnAnUnknownDay", Awake(a => a with { Days = ["Mon", "mon"] }), "spec.sleep.awake.days[1] is \"mon\"; it must be Mon,"),
        ("AwakeInAnUnknownZone", Awake(a => a with { TimeZone = "Europe/Atlantis" }),
            "spec.sleep.awake.timeZone is \"Europe/Atlantis\", which is not a known time zone"),
        ("AwakeInAFile", Awake(a => a with { TimeZone = "../zoneinfo/UTC" }), "spec.sleep.awake.timeZone is"),
    ];

    private static (string Name, World World, string Problem)[] InvalidHealthChecks =>
    [
        ("HealthTimeout", World.Plain.Spec(s => s with { HealthCheck = new() { Timeout = "0s" } }),
            "spec.healthCheck.timeout must be longer than 0s"),
        ("HealthTimeoutText", World.Plain.Spec(s => s with { HealthCheck = new() { Timeout = "x" } }),
            "spec.healthCheck.timeout is \"x\", which is not a valid duration"),
        ("ChecksTimeout", World.Plain.Spec(s => s with { WaitFor = new() { Timeout = "0s" } }),
            "spec.waitFor.timeout must be longer than 0s"),
        ("CheckNull", World.Plain.Waiting("a", null!), "spec.waitFor.checks[1] is empty; it must be the name of a check run"),
        ("CheckTooLong", World.Plain.Waiting(new string('a', 101)), "spec.waitFor.checks[0] has more than 100 characters"),
        ("Checks17", World.Plain.Waiting([.. Enumerable.Range(0, 17).Select(n => $"a{n}")]),
            "spec.waitFor.checks has more than 16 items"),
        ("CheckOwnDefault", World.Plain.Waiting("a", "Ephemeral-Env/demo"),
            "spec.waitFor.checks[1] is the context of this resource's own commit status"),
        ("CheckOwn", World.Plain.Waiting("preview").Spec(s => s with { Report = new() { CommitStatus = new() { Context = "preview" } } }),
            "spec.waitFor.checks[0] is the context of this resource's own commit status"),
        ("RequestTimeoutShort", World.Plain.Spec(s => s with { HealthCheck = new() { RequestTimeout = "999ms" } }),
            "spec.healthCheck.requestTimeout must be from 1s to 60s"),
        ("RequestTimeoutLong", World.Plain.Spec(s => s with { HealthCheck = new() { RequestTimeout = "61s" } }),
            "spec.healthCheck.requestTimeout must be from 1s to 60s"),
        ("CaName", World.Plain.Spec(s => s with { HealthCheck = new() { CaSecretRef = new() } }),
            "spec.healthCheck.caSecretRef.name is required"),
        ("CaKey", World.Plain.Spec(s => s with { HealthCheck = new() { CaSecretRef = new() { Name = "ca", Key = "a/b" } } }),
            "spec.healthCheck.caSecretRef.key is \"a/b\""),
        ("HeadersName", World.Plain.Spec(s => s with { HealthCheck = new() { HeadersSecretRef = new() { Name = "A" } } }),
            "spec.healthCheck.headersSecretRef.name is \"A\""),
        ("NoStatusCodes", World.Plain.Spec(s => s with { HealthCheck = new() { ExpectedStatusCodes = [] } }),
            "spec.healthCheck.expectedStatusCodes must have 1 to 32 codes"),
        ("StatusCode", World.Plain.Spec(s => s with { HealthCheck = new() { ExpectedStatusCodes = [200, 600] } }),
            "spec.healthCheck.expectedStatusCodes must have"),
    ];

    private static (string Name, World World, string Problem)[] ReferencesElsewhere =>
    [
        ("CaElsewhere", Confined(
            Tokened.Spec(s => s with { HealthCheck = new() { CaSecretRef = new() { Name = "ca", Namespace = "kube-system" } } })),
            "spec.healthCheck.caSecretRef.namespace must be default: this controller runs with --no-cross-namespace-refs"),
        ("SourceElsewhere", Confined(Tokened).Helm(h => h with { FluxSourceNamespace = "sources" }),
            "spec.envCreationHelmRepo.fluxSourceNamespace must be default: this controller runs with --no-cross-namespace-refs"),
        ("SourceByDefault", Confined(Tokened).Helm(h => h with { FluxSourceNamespace = null }),
            "spec.envCreationHelmRepo.fluxSourceNamespace must be default: this controller runs with --no-cross-namespace-refs"),
        ("WebhookElsewhere", Confined(
            Tokened.Repo(r => r with { WebhookSecretRef = new() { Name = "h", Namespace = "kube-system" } })),
            "spec.githubPRRepository.webhookSecretRef.namespace must be default: this controller runs with --no-cross-namespace-refs"),
        ("HeadersElsewhere", Confined(
            Tokened.Spec(s => s with { HealthCheck = new() { HeadersSecretRef = new() { Name = "h", Namespace = "kube-system" } } })),
            "spec.healthCheck.headersSecretRef.namespace must be default: this controller runs with --no-cross-namespace-refs"),
    ];

    private static (string Name, World World, string Problem)[] InvalidFilters =>
    [
        ("LabelNull", World.Plain.Selecting(s => s with { Labels = ["preview", null!] }),
            "spec.pullRequests.labels[1] is empty; it must be a label."),
        ("LabelBlank", World.Plain.Selecting(s => s with { AnyLabels = [" "] }), "spec.pullRequests.anyLabels[0] is \"\"; it must be"),
        ("LabelTwoLines", World.Plain.Selecting(s => s with { ExcludeLabels = ["a\nb"] }), "spec.pullRequests.excludeLabels[0] is \"a b\""),
        ("LabelTooLong", World.Plain.Selecting(s => s with { Labels = [new string('a', 51)] }),
            "spec.pullRequests.labels[0] has more than 50 characters; it must be a label."),
        ("Labels33", World.Plain.Selecting(s => s with { Labels = [.. Enumerable.Range(0, 33).Select(n => $"a{n}")] }),
            "spec.pullRequests.labels has more than 32 items."),
        ("Drafts", World.Plain.Selecting(s => s with { Drafts = "skip" }),
            "spec.pullRequests.drafts is \"skip\"; it must be Include or Skip."),
        ("Author", World.Plain.Selecting(s => s with { Authors = ["@mona"] }),
            "spec.pullRequests.authors[0] is \"@mona\"; it must be a GitHub login"),
        ("PatternNull", World.Plain.Selecting(s => s with { Titles = ["a", null!] }),
            "spec.pullRequests.titles[1] is empty; it must be a regular expression."),
        ("PatternUnclosed", World.Plain.Selecting(s => s with { Branches = ["(a"] }),
            "spec.pullRequests.branches[0] is \"(a\", which is not a regular expression: InsufficientClosingParentheses at character 2."),
        ("PatternWithLookahead", World.Plain.Selecting(s => s with { ExcludeTitles = ["^a", "(?=a)"] }),
            "spec.pullRequests.excludeTitles[1] is \"(?=a)\", which cannot be matched without backtracking;"),
        ("PatternWithBackreference", World.Plain.Selecting(s => s with { ExcludeBranches = [@"(a)\1"] }),
            "spec.pullRequests.excludeBranches[0] is \"(a)\\1\", which cannot be matched without backtracking;"),
        ("PatternTooLong", World.Plain.Selecting(s => s with { TargetBranches = [new string('a', 10_000)] }),
            "spec.pullRequests.targetBranches[0] has more than 200 characters; use several patterns."),
        ("PatternTooDear", World.Plain.Selecting(s => s with { Titles = ["(.*a.{50}){4}x"] }),
            "spec.pullRequests.titles[0] is \"(.*a.{50}){4}x\", which may take too long to match;"),
        ("PatternWithAComment", World.Plain.Selecting(s => s with { Titles = ["a(?#b)"] }),
            "spec.pullRequests.titles[0] is \"a(?#b)\"; it must have no comment"),
        ("Patterns17", World.Plain.Selecting(s => s with { Titles = [.. Enumerable.Range(0, 17).Select(n => $"a{n}")] }),
            "spec.pullRequests.titles has more than 16 items."),
        ("PatternsTooDearTogether", World.Plain.Selecting(s => s with { Titles = Dear(2), ExcludeBranches = Dear(2), Branches = ["a"] }),
            "spec.pullRequests has regular expressions that may take too long to match together; shorten them"),
        ("GlobNull", World.Plain.Selecting(s => s with { Paths = ["a", null!] }),
            "spec.pullRequests.paths[1] is empty; it must be a path"),
        ("GlobFromTheRoot", World.Plain.Selecting(s => s with { Paths = ["/src/**"] }),
            "spec.pullRequests.paths[0] is \"/src/**\"; it must"),
        ("GlobNegated", World.Plain.Selecting(s => s with { ExcludePaths = ["!src"] }), "spec.pullRequests.excludePaths[0] is \"!src\""),
        ("GlobTooLong", World.Plain.Selecting(s => s with { ExcludePaths = [new string('a', 121)] }),
            "spec.pullRequests.excludePaths[0] has more than 120 characters; it must be"),
        ("Globs33", World.Plain.Selecting(s => s with { Paths = [.. Enumerable.Range(0, 33).Select(n => $"a{n}")] }),
            "spec.pullRequests.paths has more than 32 items."),
        ("ExcludedAuthor", World.Plain.Selecting(s => s with { ExcludeAuthors = ["mona", "a b"] }),
            "spec.pullRequests.excludeAuthors[1] is \"a b\""),
    ];

    [Test]
    public void Read_OfPatternsThatAreJustCheapEnough_TakesThem() =>
        Assert.That(Read(World.Plain.Selecting(s => s with { Titles = Dear(2), ExcludeBranches = Dear(2) })).Problems, Is.Empty);

    // As dear as a pattern may be.
    private static string[] Dear(int count) => [.. Enumerable.Range(0, count).Select(n => $"{n}a{{127}}")];

    [TestCaseSource(nameof(Invalid))]
    public void Read_OfAnInvalidField_SaysWhatIsWrong(object world, string problem)
    {
        var reading = Read((World)world);

        Assert.That(reading.Spec, Is.Null);
        Assert.That(string.Join(" ", reading.Problems), Does.Contain(problem));
        Assert.That(reading.Problems, Has.Length.EqualTo(1), string.Join(" ", reading.Problems));
    }

    [Test]
    public void Read_OfThePredecessorsLeast_FillsInEveryDefault()
    {
        var spec = Read(World.Plain.Helm(h => h with { DestinationNamespace = null })).Spec!;

        Assert.That(spec.Chart, Is.EqualTo(new ChartReference("flux-system", "infra", "chart", "0.1.0")));
        Assert.That(
            spec,
            Has.Property("DestinationNamespace").EqualTo("pr-helm-releases").And.Property("Interval").EqualTo(TimeSpan.FromSeconds(60))
            .And.Property("IntervalWasRaised").False.And.Property("Token").Null.And.Property("Forks")
            .EqualTo(ForkPolicy.RequireApproval).And.Property("ServiceAccountName").Null
            .And.Property("StatusContext").EqualTo("ephemeral-env/demo").And.Property("EnvironmentUrl").Null.And.Property("ApiUrl")
            .EqualTo(new Uri("https://api.github.com/")));
        Assert.That(spec.Readiness, Is.InstanceOf<Readiness.Applied>());
    }

    [Test]
    public void Read_OfAHealthCheck_HasItsDefaultsAndIsTheLink()
    {
        var spec = Read(World.Probing).Spec!;
        var answers = (Readiness.Answers)spec.Readiness;

        Assert.That(
            answers,
            Has.Property("Timeout").EqualTo(TimeSpan.FromMinutes(30)).And.Property("RequestTimeout").EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(answers.ExpectedStatusCodes, Is.EqualTo([200]));
        Assert.That(spec.EnvironmentUrl, Is.EqualTo(answers.Url));
    }

    [Test]
    public void Read_OfEverything_TakesEverything()
    {
        var world = World.Plain
            .Repo(
                r => r with { ApiUrl = "https://GHE.test/api/v3", TokenSecretRef = new() { Name = "pat", Namespace = "other", Key = "k" } })
            .Helm(h => h with { ChartVersion = ">=1.0.0 <2.0.0 || ~3.x", FluxSourceNamespace = "sources" })
            .Spec(s => s with
            {
                Interval = "5m",
                EnvHealthCheckUrlTemplate = "https://h.test/",
                EnvUrlTemplate = "https://e.test/",
                HealthCheck = new()
                {
                    Timeout = "1h",
                    RequestTimeout = "60s",
                    ExpectedStatusCodes = [204, 301],
                    CaSecretRef = new() { Name = "ca", Namespace = "tls", Key = "tls.crt" },
                    HeadersSecretRef = new() { Name = "login" },
                },
                PullRequests = new() { Forks = "Allow" },
                WaitFor = new() { Checks = ["build-image", "ephemeral-env/demo"], Timeout = "20m" },
                Expiry = new() { IdleTimeout = "72h", KeepLabels = ["keep", "demo"] },
                Sleep = new()
                {
                    Values = ReleaseExtensions.Json("""{"replicaCount":0}"""),
                    IdleTimeout = "4h",
                    Awake = new() { Days = ["Sun"], From = "22:00", To = "06:00", TimeZone = "Europe/Berlin" },
                    KeepLabels = ["demo"],
                },
                Report = new() { CommitStatus = new() { Context = "preview", Enabled = true } },
                DeletionPolicy = "Orphan",
            });
        var spec = Read(
            world with
            {
                Settings = new ControllerSettings
                {
                    AllowedGitHubHosts = [HostAndPort.Parse("ghe.test")],
                    DefaultServiceAccount = "deployer",
                },
            }).Spec!;

        Assert.That(
            spec,
            Has.Property("ApiUrl").EqualTo(new Uri("https://ghe.test/api/v3/")).And.Property("Token")
            .EqualTo(new SecretKey("other", "pat", "k"))
            .And.Property("Forks").EqualTo(ForkPolicy.Allow).And.Property("StatusContext")
            .EqualTo("preview").And.Property("ServiceAccountName").EqualTo("deployer")
            .And.Property("Interval").EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(spec.Checks, Is.EqualTo(["build-image", "ephemeral-env/demo"]));
        Assert.That(spec.ChecksTimeout, Is.EqualTo(TimeSpan.FromMinutes(20)));
        Assert.That(spec.Chart, Is.EqualTo(new ChartReference("sources", "infra", "chart", ">=1.0.0 <2.0.0 || ~3.x")));
        AssertLifetime(spec);
        Assert.That(spec.EnvironmentUrl!.Text, Is.EqualTo("https://e.test/"));
        Assert.That(((Readiness.Answers)spec.Readiness).ExpectedStatusCodes, Is.EqualTo([204, 301]));
        Assert.That(
            ((Readiness.Answers)spec.Readiness).Secrets,
            Is.EqualTo(new ProbeSecrets(new SecretKey("tls", "ca", "tls.crt"), new ResourceKey("default", "login"))));
    }

    private static void AssertLifetime(EnvironmentSpec spec)
    {
        Assert.That(spec.Expiry!.IdleTimeout, Is.EqualTo(TimeSpan.FromDays(3)));
        Assert.That(spec.Expiry.KeepLabels, Is.EqualTo(["keep", "demo"]));
        Assert.That(spec.Sleep!.Values.GetRawText(), Is.EqualTo("""{"replicaCount":0}"""));
        Assert.That((spec.Sleep.IdleTimeout, spec.Sleep.KeepLabels.Single()), Is.EqualTo((TimeSpan.FromHours(4), "demo")));
        // Noon is on a Sunday, in winter.
        Assert.That(
            spec.Sleep.Awake!.At(World.Noon),
            Is.EqualTo(new HoursAt(false, World.Noon.AddHours(-159), null, World.Noon.AddHours(9))));
    }

    private static World Awake(Func<AwakeHours, AwakeHours> change) =>
        World.Plain.Sleeping(s => s with { Awake = change(new AwakeHours { From = "07:00", To = "20:00" }) });

    [Test]
    public void Read_OfEveryFilter_TakesEverything()
    {
        var filter = Read(World.Plain.Selecting(_ => new PullRequestSelection
        {
            Labels = ["a", "b"],
            AnyLabels = ["c"],
            ExcludeLabels = ["🚀 d, e"],
            Drafts = "Skip",
            Authors = ["mona"],
            ExcludeAuthors = ["dependabot[bot]"],
            TargetBranches = ["^main$", "^release/"],
            Branches = ["b"],
            ExcludeBranches = ["c{2}"],
            Titles = ["d"],
            ExcludeTitles = ["(?i)wip"],
            Paths = ["src/**", "*.sln"],
            ExcludePaths = ["**.md"],
        })).Spec!.Filter;

        Assert.That(filter.Labels, Is.EqualTo(["a", "b"]));
        Assert.That(filter.AnyLabels, Is.EqualTo(["c"]));
        Assert.That(filter.ExcludeLabels, Is.EqualTo(["🚀 d, e"]));
        Assert.That(filter.SkipsDrafts, Is.True);
        Assert.That(filter.Authors, Is.EqualTo(["mona"]));
        Assert.That(filter.ExcludeAuthors, Is.EqualTo(["dependabot[bot]"]));
        Assert.That(filter.TargetBranches.Texts, Is.EqualTo(["^main$", "^release/"]));
        Assert.That(filter.Branches.Texts, Is.EqualTo(["b"]));
        Assert.That(filter.ExcludeBranches.Texts, Is.EqualTo(["c{2}"]));
        Assert.That(filter.Titles.Texts, Is.EqualTo(["d"]));
        Assert.That(filter.ExcludeTitles.Texts, Is.EqualTo(["(?i)wip"]));
        Assert.That(filter.Files.Paths, Is.EqualTo(["src/**", "*.sln"]));
        Assert.That(filter.Files.ExcludePaths, Is.EqualTo(["**.md"]));
    }

    [Test]
    public void Read_OfATokenWithoutNamespaceAndKey_IsTheResourcesOwnAndToken() =>
        Assert.That(
            Read(World.Plain.Repo(r => r with { TokenSecretRef = new() { Name = "pat" } })).Spec!.Token,
            Is.EqualTo(new SecretKey("default", "pat", "token")));

    [TestCase("9s", true, 10)]
    [TestCase("0", true, 10)]
    [TestCase("9999ms", true, 10)]
    [TestCase("10s", false, 10)]
    [TestCase("11s", false, 11)]
    public void Read_OfAShortInterval_RaisesIt(string interval, bool raised, int seconds)
    {
        var spec = Read(World.Plain.Spec(s => s with { Interval = interval })).Spec!;

        Assert.That(spec.IntervalWasRaised, Is.EqualTo(raised));
        Assert.That(spec.Interval, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public void Read_WithReportsSwitchedOff_HasNoContext() =>
        Assert.That(Read(World.Plain.Silent()).Spec!.StatusContext, Is.Null);

    [TestCase("0.1.0")]
    [TestCase("v1.2.3-rc.1+build")]
    [TestCase("1.x")]
    [TestCase("*")]
    [TestCase("^1.2")]
    [TestCase(">= 1.0, < 2")]
    [TestCase("1.0 - 2.0")]
    public void Read_OfAVersionOrARange_TakesIt(string version) =>
        Assert.That(Read(World.Plain.Helm(h => h with { ChartVersion = version })).Problems, Is.Empty);

    [TestCase("envs", null)]
    [TestCase("other", "spec.envCreationHelmRepo.destinationNamespace is other, which this controller's --watch-namespaces does not list.")]
    [TestCase(
        null,
        "spec.envCreationHelmRepo.destinationNamespace is not set, and the default is pr-helm-releases, which this controller's "
        + "--watch-namespaces does not list.")]
    public void Read_OfADestinationThatIsNotWatched_RefusesIt(string? destination, string? problem)
    {
        var world = World.Plain.Helm(h => h with { DestinationNamespace = destination });
        Assert.That(Read(world).Problems, Is.Empty, "every namespace is watched by default");

        var reading = Read(world with { Settings = new ControllerSettings { WatchedNamespaces = ["default", "envs"] } });

        Assert.That(reading.Problems.Select(p => p.ToString()), Is.EqualTo(problem is null ? [] : new[] { problem }));
        Assert.That(reading.UnseenDestination, Is.EqualTo(problem is null ? null : destination ?? SpecDefaults.DestinationNamespace));
    }

    [TestCase(".github")]
    [TestCase("a.b-c_d")]
    [TestCase("...")]
    public void Read_OfAnOddRepository_TakesIt(string name) =>
        Assert.That(Read(World.Plain.Repo(r => r with { Repo = name })).Problems, Is.Empty);

    private static World Confined(World world) =>
        world with { Settings = new ControllerSettings { NoCrossNamespaceRefs = true } } is var confined
        && world.Resource.Spec.GitHubPRRepository!.TokenSecretRef is not null
            ? confined.Helm(h => h with { DestinationNamespace = "default", FluxSourceNamespace = "default" })
            : confined.Helm(h => h with { FluxSourceNamespace = "default" });

    private static SpecReading Read(World world) => SpecReader.Read(world.Resource, world.Settings);
}
