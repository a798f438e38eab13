using System.Text.Json.Nodes;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.Crds;

/// <summary>
/// One manifest: what is changed in the smallest valid spec (null takes a field away), and what the API server says to it.
/// </summary>
/// <param name="Change">YAML, merged into the spec.</param>
/// <param name="Field">The field that is refused; null: accepted.</param>
/// <param name="Message">Part of the refusal.</param>
/// <param name="NeedsRules">Is it a rule that refuses it, or strict field validation? A server before 1.25 accepts it then, and one before
/// 1.28 may say it in other words.</param>
internal sealed record CrdRow(string Change, string? Field = null, string? Message = null, bool NeedsRules = false)
{
    public override string ToString() => Change.Length > 100 ? Change[..100] + "..." : Change;
}

/// <summary>What users write, right and wrong.</summary>
internal static class CrdRows
{
    private const string ApiUrl = "spec.githubPRRepository.apiURL";

    private const string ChartVersion = "spec.envCreationHelmRepo.chartVersion";

    private const string RequestTimeout = "spec.healthCheck.requestTimeout";

    private const string StatusCodes = "spec.healthCheck.expectedStatusCodes";

    private const string Smallest = """
        githubPRRepository: {user: octo, repo: hello}
        envCreationHelmRepo: {fluxSourceRepoName: infra, helmChartPath: chart}
        """;

    private static readonly string[] LabelFields = ["labels", "anyLabels", "excludeLabels"];

    private static readonly string[] LoginFields = ["authors", "excludeAuthors"];

    private static readonly string[] PatternFields = ["targetBranches", "branches", "excludeBranches", "titles", "excludeTitles"];

    private static readonly string[] GlobFields = ["paths", "excludePaths"];

    private static readonly string[] Templates = ["envHealthCheckURLTemplate", "envURLTemplate"];

    public static IEnumerable<CrdRow> Accepted() =>
    [
        new("{}"),
        new("githubPRRepository: {user: octo-org, repo: hello-world}"),
        new("githubPRRepository: {user: octo_corp, repo: .github}"),
        new("githubPRRepository: {repo: a..b_c.d-e}"),
        new("githubPRRepository: {tokenSecretRef: {name: tokensecret}}"),
        new("githubPRRepository: {tokenSecretRef: {name: token.secret, namespace: default, key: GitHub_token.1}}"),
        new("githubPRRepository: {appSecretRef: {name: github-app, namespace: default}}"),
        new("githubPRRepository: {webhookSecretRef: {name: hook.secret, namespace: default, key: GitHub_hook.1}}"),
        new("githubPRRepository: {apiURL: 'https://ghe.example.com/api/v3'}"),
        new("githubPRRepository: {apiURL: 'https://ghe.example.com:8443/api/v3/'}"),
        new("envCreationHelmRepo: {helmChartPath: ./charts/my env, fluxSourceRepoName: infra.repo, fluxSourceNamespace: team-a}"),
        .. EachAccepted(
            "envCreationHelmRepo: {chartVersion: '%'}",
            "0.1.0", "v1.2.3", "1.2", "1", "*", "1.x", "~1.2", "^1.0.0", ">=1.0.0 <2.0.0", ">= 1.0.0, < 2.0.0", "1.x || 2.x", "1.2 - 1.4.5",
            "!=1.2.3", "1.2.3-rc.1+build.5", "~> 1.2 || >=3.0.0-0"),
        .. EachAccepted(
            "interval: '%'",
            "60s", "90s", "1h30m", "1.5h", ".5h", "2m0.5s", "1500ms", "9s", "1ns", "10000000µs", "10000000us", "0", "0s"),
        new("healthCheck: {}"),
        new("healthCheck: {timeout: 1ms, requestTimeout: 1s, expectedStatusCodes: [100, 599]}"),
        new("healthCheck: {timeout: 48h, requestTimeout: 1m}"),
        new("healthCheck: {requestTimeout: 1.5s}"),
        new("healthCheck: {caSecretRef: {name: private.ca}, headersSecretRef: {name: login}}"),
        new("healthCheck: {caSecretRef: {name: ca, namespace: tls, key: tls.crt}, headersSecretRef: {name: login, namespace: default}}"),
        .. Templates.SelectMany(field => EachAccepted(
            $"{field}: '%'",
            "http://x", "https://pr-<<PR_NUMBER>>.example.com/healthz", "http://app.<<PR_BRANCH_SLUG>>-<<PR_HEAD_SHORT_SHA>>.svc:8080",
            "http://<<PR_TARGET_BRANCH_SLUG>>.<<PR_HEAD_SHA>>.example.com", "http://node.example.com:3<<PR_NUMBER>>/", "http://[::1]:80/",
            "https://example.com/<<REPO_OWNER>>/<<REPO_NAME>>/<<PR_BRANCH>>/<<PR_TARGET_BRANCH>>"
            + "?t=<<PR_TITLE>>&a=@<<PR_AUTHOR>>#<<PR_HEAD_SHA>>")),
        new("envCreationHelmRepo: {fluxSourceKind: OCIRepository, helmChartPath: ~}"),
        new("envCreationHelmRepo: {fluxSourceKind: HelmRepository, helmChartPath: podinfo}"),
        new("envCreationHelmRepo: {values: {a: {b: [1, null, 'x-<<PR_BRANCH>>']}}, pullRequestValue: pull_Request1}"),
        new("envCreationHelmRepo: {helmRelease: {timeout: 10m, install: {crds: Skip}, chart: {spec: {reconcileStrategy: Revision}}}}"),
        new("readyWhen: HelmReleaseReady"),
        new("{readyWhen: Applied, envHealthCheckURLTemplate: 'http://x'}"),
        new("{readyWhen: HelmReleaseReady, envURLTemplate: 'http://x'}"),
        .. EachAccepted("pullRequests: {forks: %}", "Allow", "RequireApproval"),
        .. LabelFields.SelectMany(field => EachAccepted(
            $"pullRequests: {{{field}: ['%']}}",
            "preview", "🚀 preview", "a, b", "area: größe/日本", new string('x', 50), string.Concat(Enumerable.Repeat("😀", 50)))),
        .. LoginFields.SelectMany(field => EachAccepted($"pullRequests: {{{field}: ['%']}}", "mona", "dependabot[bot]", "mona-lisa_acme")),
        .. PatternFields.SelectMany(field => EachAccepted(
            $"pullRequests: {{{field}: ['%']}}", "^main$", @"(?i)\bwip\b", " ", "🚀", new string('x', 128), "^[0-9a-f]{7,40}$")),
        .. AcceptedGlobs(),
        new("pullRequests: {labels: [], anyLabels: [a, b], excludeLabels: [wip]}"),
        .. EachAccepted("pullRequests: {drafts: %}", "Include", "Skip"),
        new("limits: {}"),
        .. EachAccepted("limits: {maxEnvironments: %}", "0", "1", "10000"),
        .. AcceptedWaits(),
        .. AcceptedNamespaces(), .. AcceptedExpiry(), .. AcceptedSleep(),
        .. AcceptedReports(),
        new("{deletionPolicy: Orphan, suspend: true}"),
    ];

    private static IEnumerable<CrdRow> AcceptedReports() =>
    [
        new("report: {deployments: {enabled: true}, comment: {enabled: true}, commands: {enabled: true}}"),
        new("report: {commitStatus: {enabled: false}}"),
        .. EachAccepted("report: {commitStatus: {skipped: %}}", "None", "Success"),
        .. EachAccepted("report: {deployments: {enabled: true, cleanup: %}}", "Inactive", "Delete"),
        new("report: {commitStatus: {mergeQueue: false}}"),
        new("report: {commitStatus: {context: preview / web}}"),
        new("report: {commitStatus: {context: vorschau / größe 日本 ✓}}"),
    ];

    private static IEnumerable<CrdRow> AcceptedExpiry() =>
    [
        new("expiry: {}"),
        .. EachAccepted("expiry: {idleTimeout: '%', keepLabels: [keep]}", "10s", "72h", "1h30m"),
    ];

    private static IEnumerable<CrdRow> AcceptedSleep() =>
    [
        new("sleep: {values: {replicaCount: 0, a: {b: [null, 'x-<<PR_BRANCH>>']}}}"),
        .. EachAccepted("sleep: {values: {a: 0}, idleTimeout: '%', keepLabels: [keep]}", "10s", "72h", "1h30m"),
        .. EachAccepted(Awake("'%'", "'12:00'"), "00:00", "07:30", "23:59"),
        .. EachAccepted(Awake("'12:00'", "'%'"), "00:00", "07:30", "23:59", "24:00"),
        .. EachAccepted(Awake("'07:00'", "'20:00', days: [%]"), "Mon", "Mon, Tue, Wed, Thu, Fri, Sat, Sun"),
        .. EachAccepted(
            Awake("'07:00'", "'20:00', timeZone: %"), "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5",
            "America/Port-au-Prince"),
    ];

    private static IEnumerable<CrdRow> RefusedSleep() =>
    [
        new("sleep: {}", "spec.sleep.values", "Required value"),
        new("sleep: {values: {}}", "spec.sleep.values", "at least 1 propert"),
        new("sleep: {values: 0}", "spec.sleep.values", "object"),
        .. EachRefused("sleep: {values: {a: 0}, idleTimeout: '%'}", "spec.sleep.idleTimeout", "should match", needsRules: false, "3d", ""),
        new("sleep: {values: {a: 0}, idleTimeout: 9s}", "spec.sleep.idleTimeout", "must be a duration of at least 10s", NeedsRules: true),
        new("sleep: {values: {a: 0}, keepLabels: ['']}", "spec.sleep.keepLabels", "at least 1 char"),
        new("sleep: {values: {a: 0}, keepLabels: [' ']}", "spec.sleep.keepLabels", "should match"),
        new("sleep: {values: {a: 0}, keepLabels: [a, a]}", "spec.sleep.keepLabels[1]", "Duplicate value"),
        new("sleep: {values: {a: 0}, awake: {to: '12:00'}}", "spec.sleep.awake.from", "Required value"),
        new("sleep: {values: {a: 0}, awake: {from: '12:00'}}", "spec.sleep.awake.to", "Required value"),
        .. EachRefused(Awake("'%'", "'12:00'"), "spec.sleep.awake.from", "should match", needsRules: false, "7:00", "24:00", "07:60"),
        .. EachRefused(Awake("'12:00'", "'%'"), "spec.sleep.awake.to", "should match", needsRules: false, "7:00", "24:01", "0700"),
        new(Awake("'12:00'", "'12:00'"), "spec.sleep.awake", "from and to must differ", NeedsRules: true),
        new(Awake("'07:00'", "'20:00', days: []"), "spec.sleep.awake.days", "at least 1 item"),
        new(Awake("'07:00'", "'20:00', days: [Mon, Mon]"), "spec.sleep.awake.days[1]", "Duplicate value"),
        new(Awake("'07:00'", "'20:00', days: [Monday]"), "spec.sleep.awake.days", "Unsupported value"),
        .. EachRefused(
            Awake("'07:00'", "'20:00', timeZone: '%'"), "spec.sleep.awake.timeZone", "should match", needsRules: false, "+01:00",
            "../UTC", "Europe/", "Europe Berlin"),
    ];

    private static string Awake(string from, string to) => $"sleep: {{values: {{a: 0}}, awake: {{from: {from}, to: {to}}}}}";

    public static IEnumerable<CrdRow> Refused() =>
    [
        .. RefusedRepositories(),
        new("envCreationHelmRepo: ~", "spec.envCreationHelmRepo", "Required value"),
        new("envCreationHelmRepo: {fluxSourceRepoName: ~}", "spec.envCreationHelmRepo.fluxSourceRepoName", "Required value"),
        new("envCreationHelmRepo: {helmChartPath: ~}", "spec.envCreationHelmRepo.helmChartPath",
            "is required unless fluxSourceKind is OCIRepository", NeedsRules: true),
        new("envCreationHelmRepo: {fluxSourceKind: HelmChart}", "spec.envCreationHelmRepo.fluxSourceKind", "Unsupported value"),
        new("envCreationHelmRepo: {pullRequestValue: pull-request}", "spec.envCreationHelmRepo.pullRequestValue", "should match"),
        new("envCreationHelmRepo: {pullRequestValue: prSHA}", "spec.envCreationHelmRepo.pullRequestValue",
            "must not be prNumber or prSHA", NeedsRules: true),
        new("envCreationHelmRepo: {helmChartPath: ' '}", "spec.envCreationHelmRepo.helmChartPath", "should match"),
        new("envCreationHelmRepo: {fluxSourceRepoName: Infra}", "spec.envCreationHelmRepo.fluxSourceRepoName", "should match"),
        new("envCreationHelmRepo: {fluxSourceNamespace: a.b}", "spec.envCreationHelmRepo.fluxSourceNamespace", "should match"),
        new("envCreationHelmRepo: {destinationNamespace: a_b}", "spec.envCreationHelmRepo.destinationNamespace", "should match"),
        new($"envCreationHelmRepo: {{destinationNamespace: {new string('a', 64)}}}", "spec.envCreationHelmRepo.destinationNamespace", "63"),
        .. EachRefused(
            "envCreationHelmRepo: {chartVersion: '%'}", ChartVersion, "should match", needsRules: false,
            "latest", "1.2.3.4", "1.2.", ">", "1 |", ""),
        .. EachRefused(
            "interval: '%'", "spec.interval", "should match", needsRules: false, "abc", "60", "-5s", "1d", "1h 30m", "", "s", ".s"),
        new("interval: abc", "spec.interval", "must be a duration, such as 60s, 5m or 1h30m", NeedsRules: true),
        new("interval: 99999999999h", "spec.interval", "must be a duration, such as 60s, 5m or 1h30m", NeedsRules: true),
        new("interval: 60", "spec.interval", "string"),
        new("healthCheck: {timeout: 0s}", "spec.healthCheck.timeout", "must be a duration longer than 0s", NeedsRules: true),
        new("healthCheck: {timeout: never}", "spec.healthCheck.timeout", "should match"),
        .. RefusedWaits(),
        new("healthCheck: {requestTimeout: 999ms}", RequestTimeout, "must be a duration from 1s to 60s", NeedsRules: true),
        new("healthCheck: {requestTimeout: 60001ms}", RequestTimeout, "must be a duration from 1s to 60s", NeedsRules: true),
        new("healthCheck: {requestTimeout: 5}", RequestTimeout, "string"),
        new("healthCheck: {caSecretRef: {key: ca.crt}}", "spec.healthCheck.caSecretRef.name", "Required value"),
        new("healthCheck: {caSecretRef: {name: Upper}}", "spec.healthCheck.caSecretRef.name", "should match"),
        new("healthCheck: {caSecretRef: {name: a, namespace: a.b}}", "spec.healthCheck.caSecretRef.namespace", "should match"),
        new("healthCheck: {caSecretRef: {name: a, key: a/b}}", "spec.healthCheck.caSecretRef.key", "should match"),
        new("healthCheck: {headersSecretRef: {namespace: default}}", "spec.healthCheck.headersSecretRef.name", "Required value"),
        new("healthCheck: {headersSecretRef: {name: Upper}}", "spec.healthCheck.headersSecretRef.name", "should match"),
        new("healthCheck: {headersSecretRef: {name: a, namespace: a.b}}", "spec.healthCheck.headersSecretRef.namespace", "should match"),
        new("healthCheck: {expectedStatusCodes: []}", StatusCodes, "at least 1 item"),
        new("healthCheck: {expectedStatusCodes: [99]}", StatusCodes, "greater than or equal to 100"),
        new("healthCheck: {expectedStatusCodes: [600]}", StatusCodes, "less than or equal to 599"),
        new("healthCheck: {expectedStatusCodes: [200, 200]}", StatusCodes, "Duplicate value"),
        .. Templates.SelectMany(RefusedTemplates),
        new("{readyWhen: HelmReleaseReady, envHealthCheckURLTemplate: 'http://x'}", "spec.readyWhen",
            "HelmReleaseReady is only valid without envHealthCheckURLTemplate", NeedsRules: true),
        new("readyWhen: Ready", "spec.readyWhen", "Unsupported value"),
        new("pullRequests: {forks: requireApproval}", "spec.pullRequests.forks", "Unsupported value"),
        .. RefusedFilters(),
        new("report: {commitStatus: {context: ''}}", "spec.report.commitStatus.context", "should match"),
        new("report: {commitStatus: {context: ' a'}}", "spec.report.commitStatus.context", "should match"),
        new("report: {commitStatus: {context: 🚀}}", "spec.report.commitStatus.context", "should match"),
        new("report: {commitStatus: {context: preview 🚀 web}}", "spec.report.commitStatus.context", "should match"),
        new($"report: {{commitStatus: {{context: {new string('a', 101)}}}}}", "spec.report.commitStatus.context", "100"),
        new("report: {commitStatus: {enabled: 'yes'}}", "spec.report.commitStatus.enabled", "boolean"),
        new("deletionPolicy: Keep", "spec.deletionPolicy", "Unsupported value"),
        new("suspend: 'true'", "spec.suspend", "boolean"),
        new("limits: {maxPullRequests: 3}", "spec.limits.maxPullRequests", "unknown field", NeedsRules: true),
    ];

    private static IEnumerable<CrdRow> AcceptedNamespaces() =>
    [
        .. EachAccepted(
            "namespace: {template: '%'}", "pr-<<PR_NUMBER>>", "<<PR_BRANCH_SLUG>>-of-app", "<<PR_BRANCH_SLUG>>-<<PR_NUMBER>>-23456789012",
            "a<<PR_TARGET_BRANCH_SLUG>>--<<PR_NUMBER>>9"),
        new("namespace: {template: 'pr-<<PR_NUMBER>>', labels: {}, annotations: {}}"),
        new(
            "namespace: {template: 'pr-<<PR_NUMBER>>', labels: {team: web, a.b/c_d: e, branch: <<PR_BRANCH>>, "
            + "pr: 'pr-<<PR_NUMBER>>'}, annotations: {example.com/title: '<<PR_TITLE>>!'}}"),
    ];

    private static IEnumerable<CrdRow> RefusedNamespaces() =>
    [
        new("namespace: {}", "spec.namespace.template", "Required value"),
        new("namespace: {template: 'pr-<<PR_NUMBER>>', name: a}", "spec.namespace", "unknown field", NeedsRules: true),
        new("namespace: {template: ''}", "spec.namespace.template", "should match"),
        new("namespace: {template: 'Pr-<<PR_NUMBER>>'}", "spec.namespace.template", "should match"),
        new("namespace: {template: 'pr.<<PR_NUMBER>>'}", "spec.namespace.template", "should match"),
        new("namespace: {template: 'pr-<<PR_NUMBER>'}", "spec.namespace.template", "should match"),
        new(
            "namespace: {template: 'pr-<<PR_NUMBERS>>-<<PR_NUMBER>>'}", "spec.namespace.template", "only these placeholders",
            NeedsRules: true),
        .. EachRefused(
            "namespace: {template: '%-<<PR_NUMBER>>'}", "spec.namespace.template", "only these placeholders", needsRules: true,
            "<<PR_HEAD_SHA>>", "<<PR_HEAD_SHORT_SHA>>", "<<PR_TITLE>>", "<<PR_BRANCH>>", "<<PR_AUTHOR>>", "<<REPO_NAME>>"),
        new("namespace: {template: preview}", "spec.namespace.template", "needs <<PR_NUMBER>>", NeedsRules: true),
        new("namespace: {template: 'a-<<PR_TARGET_BRANCH_SLUG>>'}", "spec.namespace.template", "needs <<PR_NUMBER>>", NeedsRules: true),
        new("namespace: {template: '-<<PR_NUMBER>>'}", "spec.namespace.template", "dash", NeedsRules: true),
        new("namespace: {template: '<<PR_NUMBER>>-'}", "spec.namespace.template", "dash", NeedsRules: true),
        new(
            "namespace: {template: '<<PR_BRANCH_SLUG>>-<<PR_NUMBER>>-234567890123'}", "spec.namespace.template", "more than 63 characters",
            NeedsRules: true),
        new("namespace: {template: '<<PR_NUMBER>>', labels: {a: [b]}}", "spec.namespace.labels.a", "string"),
    ];

    private static IEnumerable<CrdRow> AcceptedWaits() =>
    [
        .. EachAccepted("waitFor: {checks: ['%']}", "build-image", "build / image (22, x64)", "🚀 ship", new string('x', 100)),
        .. EachAccepted("waitFor: {timeout: '%'}", "1ms", "1h30m", "48h"),
        new("waitFor: {checks: []}"),
        new("{waitFor: {checks: [preview]}, report: {commitStatus: {context: previews}}}"),
        new("{waitFor: {checks: [preview]}, report: {commitStatus: {context: preview, enabled: false}}}"),
    ];

    private static IEnumerable<CrdRow> RefusedWaits() =>
    [
        new("waitFor: {timeout: 0s}", "spec.waitFor.timeout", "must be a duration longer than 0s", NeedsRules: true),
        new("waitFor: {timeout: never}", "spec.waitFor.timeout", "should match"),
        new("waitFor: {checks: build}", "spec.waitFor.checks", "array"),
        .. EachRefused("waitFor: {checks: ['%']}", "spec.waitFor.checks", "should match", needsRules: false, " build", "build ", " "),
        new("waitFor: {checks: ['']}", "spec.waitFor.checks", "at least 1 char"),
        new($"waitFor: {{checks: [{new string('x', 101)}]}}", "spec.waitFor.checks", "100"),
        new("waitFor: {checks: [a, a]}", "spec.waitFor.checks[1]", "Duplicate value"),
        new(
            $"waitFor: {{checks: [{string.Join(',', Enumerable.Range(0, 17).Select(n => $"x{n}"))}]}}", "spec.waitFor.checks", "16"),
        new(
            "{waitFor: {checks: [build, preview]}, report: {commitStatus: {context: preview}}}", "spec.waitFor.checks",
            "must not have the context of this resource's own commit status", NeedsRules: true),
    ];

    private static IEnumerable<CrdRow> AcceptedGlobs() => GlobFields.SelectMany(field => EachAccepted(
        $"pullRequests: {{{field}: ['%']}}",
        "**", "docs/**", "**/*.cs", "a/.github/..a/...", ".github/**", "..a", "...", "a/!b", "a b/größe/日本 🚀/?.txt", "a+b(c)^$",
        new string('x', 120), string.Concat(Enumerable.Repeat("😀", 120))));

    private static IEnumerable<CrdRow> RefusedFilters() =>
    [
        .. LabelFields.SelectMany(field => EachRefused(
            $"pullRequests: {{{field}: ['%']}}", $"spec.pullRequests.{field}", "should match", needsRules: false, " a", "a ")),
        .. LabelFields.SelectMany(field => EachRefused(
            $"pullRequests: {{{field}: ['%']}}", $"spec.pullRequests.{field}", "50", needsRules: false, new string('x', 51))),
        .. LoginFields.SelectMany(field => EachRefused(
            $"pullRequests: {{{field}: ['%']}}", $"spec.pullRequests.{field}", "should match", needsRules: false,
            "@mona", "a/b", "mona[bot", "[bot]")),
        .. LoginFields.SelectMany(field => EachRefused(
            $"pullRequests: {{{field}: ['%']}}", $"spec.pullRequests.{field}", "100", needsRules: false, new string('x', 101))),
        .. LabelFields.Concat(LoginFields).Select(field => new CrdRow(
            $"pullRequests: {{{field}: [{string.Join(',', Enumerable.Range(0, 33).Select(n => $"x{n}"))}]}}",
            $"spec.pullRequests.{field}", "32")),
        .. LabelFields.Concat(LoginFields).Select(field => new CrdRow(
            $"pullRequests: {{{field}: ['']}}", $"spec.pullRequests.{field}", "at least 1 char")),
        .. LabelFields.Concat(LoginFields).Select(field => new CrdRow(
            $"pullRequests: {{{field}: [a, a]}}", $"spec.pullRequests.{field}[1]", "Duplicate value")),
        .. PatternFields.SelectMany(field => EachRefused(
            $"pullRequests: {{{field}: ['%']}}", $"spec.pullRequests.{field}", "200", needsRules: false, new string('x', 201))),
        .. PatternFields.Select(field => new CrdRow(
            $"pullRequests: {{{field}: [{string.Join(',', Enumerable.Range(0, 17).Select(n => $"x{n}"))}]}}",
            $"spec.pullRequests.{field}", "16")),
        .. PatternFields.Select(field => new CrdRow(
            $"pullRequests: {{{field}: ['']}}", $"spec.pullRequests.{field}", "at least 1 char")),
        .. PatternFields.Select(field => new CrdRow(
            $"pullRequests: {{{field}: [a, a]}}", $"spec.pullRequests.{field}[1]", "Duplicate value")),
        .. GlobFields.SelectMany(field => EachRefused(
            $"pullRequests: {{{field}: ['%']}}", $"spec.pullRequests.{field}", "should match", needsRules: false,
            "/src/**", "src/", "a//b", "./src", "src/.", "a/../b", "..", "!docs/**", "[ab]", "*.{js,ts}", @"a\b", "/", "a/./b")),
        .. GlobFields.SelectMany(field => EachRefused(
            $"pullRequests: {{{field}: ['%']}}", $"spec.pullRequests.{field}", "120", needsRules: false, new string('x', 121))),
        .. GlobFields.Select(field => new CrdRow(
            $"pullRequests: {{{field}: [{string.Join(',', Enumerable.Range(0, 33).Select(n => $"x{n}"))}]}}",
            $"spec.pullRequests.{field}", "32")),
        .. GlobFields.Select(field => new CrdRow(
            $"pullRequests: {{{field}: ['']}}", $"spec.pullRequests.{field}", "at least 1 char")),
        .. GlobFields.Select(field => new CrdRow(
            $"pullRequests: {{{field}: [a, a]}}", $"spec.pullRequests.{field}[1]", "Duplicate value")),
        new("pullRequests: {drafts: skip}", "spec.pullRequests.drafts", "Unsupported value"),
        new("pullRequests: {labels: preview}", "spec.pullRequests.labels", "array"),
        new("report: {commitStatus: {skipped: success}}", "spec.report.commitStatus.skipped", "Unsupported value"),
        new("report: {deployments: {cleanup: delete}}", "spec.report.deployments.cleanup", "Unsupported value"),
        new("report: {commitStatus: {mergeQueue: maybe}}", "spec.report.commitStatus.mergeQueue", "boolean"),
        .. EachRefused("expiry: {idleTimeout: '%'}", "spec.expiry.idleTimeout", "should match", needsRules: false, "3d", "-5s", ""),
        new("expiry: {idleTimeout: 9s}", "spec.expiry.idleTimeout", "must be a duration of at least 10s", NeedsRules: true),
        new("expiry: {keepLabels: ['']}", "spec.expiry.keepLabels", "at least 1 char"),
        new("expiry: {keepLabels: [' ']}", "spec.expiry.keepLabels", "should match"),
        new("expiry: {keepLabels: [a, a]}", "spec.expiry.keepLabels[1]", "Duplicate value"),
        new($"expiry: {{keepLabels: ['{new string('a', 51)}']}}", "spec.expiry.keepLabels", "50"),
        new($"expiry: {{keepLabels: [{string.Join(',', Enumerable.Range(0, 33).Select(n => $"x{n}"))}]}}", "spec.expiry.keepLabels", "32"),
        .. RefusedNamespaces(), .. RefusedSleep(),
        new("limits: {maxEnvironments: -1}", "spec.limits.maxEnvironments", "greater than or equal to 0"),
        new("limits: {maxEnvironments: 10001}", "spec.limits.maxEnvironments", "less than or equal to 10000"),
    ];

    private static IEnumerable<CrdRow> RefusedRepositories() =>
    [
        new("githubPRRepository: ~", "spec.githubPRRepository", "Required value"),
        new("githubPRRepository: {user: ~}", "spec.githubPRRepository.user", "Required value"),
        new("githubPRRepository: {repo: ~}", "spec.githubPRRepository.repo", "Required value"),
        new("githubPRRepository: {user: ''}", "spec.githubPRRepository.user", "should match"),
        new("githubPRRepository: {user: octo/org}", "spec.githubPRRepository.user", "should match"),
        new("githubPRRepository: {user: -octo}", "spec.githubPRRepository.user", "should match"),
        new("githubPRRepository: {repo: octo/hello}", "spec.githubPRRepository.repo", "should match"),
        new("githubPRRepository: {repo: .}", "spec.githubPRRepository.repo", "should match"),
        new("githubPRRepository: {repo: ..}", "spec.githubPRRepository.repo", "should match"),
        new("githubPRRepository: {repo: hello.git}", "spec.githubPRRepository.repo", "without .git at the end", NeedsRules: true),
        new("githubPRRepository: {tokenSecretRef: {key: token}}", "spec.githubPRRepository.tokenSecretRef.name", "Required value"),
        new("githubPRRepository: {tokenSecretRef: {name: Upper}}", "spec.githubPRRepository.tokenSecretRef.name", "should match"),
        new("githubPRRepository: {tokenSecretRef: {name: a, namespace: a.b}}", "spec.githubPRRepository.tokenSecretRef.namespace",
            "should match"),
        new("githubPRRepository: {tokenSecretRef: {name: a, key: a/b}}", "spec.githubPRRepository.tokenSecretRef.key", "should match"),
        new("githubPRRepository: {webhookSecretRef: {key: token}}", "spec.githubPRRepository.webhookSecretRef.name", "Required value"),
        new("githubPRRepository: {webhookSecretRef: {name: Upper}}", "spec.githubPRRepository.webhookSecretRef.name", "should match"),
        new("githubPRRepository: {webhookSecretRef: {name: a, namespace: a.b}}", "spec.githubPRRepository.webhookSecretRef.namespace",
            "should match"),
        new("githubPRRepository: {webhookSecretRef: {name: a, key: a/b}}", "spec.githubPRRepository.webhookSecretRef.key", "should match"),
        new("githubPRRepository: {appSecretRef: {namespace: default}}", "spec.githubPRRepository.appSecretRef.name", "Required value"),
        new("githubPRRepository: {appSecretRef: {name: a, namespace: a.b}}", "spec.githubPRRepository.appSecretRef.namespace",
            "should match"),
        new("githubPRRepository: {appSecretRef: {name: Upper}}", "spec.githubPRRepository.appSecretRef.name", "should match"),
        new("githubPRRepository: {tokenSecretRef: {name: a}, appSecretRef: {name: b}}", "spec.githubPRRepository.appSecretRef",
            "cannot be used together with tokenSecretRef", NeedsRules: true),
        new("githubPRRepository: {apiURL: 'http://ghe.example.com'}", ApiUrl, "should match"),
        new("githubPRRepository: {apiURL: 'http://ghe.example.com'}", ApiUrl, "the token is sent there", NeedsRules: true),
        new("githubPRRepository: {apiURL: 'https://u:p@ghe.example.com'}", ApiUrl, "should match"),
        new("githubPRRepository: {apiURL: 'https://u:p@ghe.example.com'}", ApiUrl, "no user, query or fragment", NeedsRules: true),
        new("githubPRRepository: {apiURL: 'https://ghe.example.com/?a=b'}", ApiUrl, "no user, query or fragment", NeedsRules: true),
        new("githubPRRepository: {apiURL: 'https://ghe.example.com/#a'}", ApiUrl, "no user, query or fragment", NeedsRules: true),
        new("githubPRRepository: {apiURL: 'https://ghe.example.com/%zz'}", ApiUrl, "must be a URL, such as", NeedsRules: true),
    ];

    private static IEnumerable<CrdRow> RefusedTemplates(string field) =>
    [
        .. EachRefused(
            $"{field}: '%'", $"spec.{field}", "should match", needsRules: false,
            "", "x", "ftp://x", "http://", "http:///healthz", "http://a b", "http://a\\b", "http://u:p@x/"),
        new($"{field}: 'http://x/{new string('a', 1024)}'", $"spec.{field}", "1024"),
        .. EachRefused(
            $"{field}: 'http://%@x/'", $"spec.{field}", "must not contain a user name or password", needsRules: true, "u", "u:p",
            "<<PR_TITLE>>"),
        .. EachRefused(
            $"{field}: 'http://x.<<%>>.example.com'", $"spec.{field}", "may have only numbers, SHAs and slugs in its host",
            needsRules: true,
            "PR_TITLE", "PR_BRANCH", "PR_TARGET_BRANCH", "PR_AUTHOR", "REPO_OWNER", "REPO_NAME"),
        new($"{field}: 'http://x/<<PR_ID>>'", $"spec.{field}", "has <<PR_ID>>, which is not a placeholder", NeedsRules: true),
        new($"{field}: 'http://x/<<PR_NUMBER>>/<<pr_number>>'", $"spec.{field}", "has <<pr_number>>, which is not a placeholder",
            NeedsRules: true),
        new($"{field}: 'http://x/<PR_NUMBER>'", $"spec.{field}", "has <PR_NUMBER>, which is not a placeholder", NeedsRules: true),
        new($"{field}: 'http://x/<<PR_NUMBER'", $"spec.{field}", "has <<PR_NUMBER, which is not a placeholder", NeedsRules: true),
        new($"{field}: 'http://x/PR_NUMBER>>'", $"spec.{field}", "has >>, which is not a placeholder", NeedsRules: true),
    ];

    // One row for each value, which takes the place of the %.
    private static IEnumerable<CrdRow> EachAccepted(string change, params string[] values) =>
        values.Select(value => new CrdRow(change.Replace("%", value, StringComparison.Ordinal)));

    private static IEnumerable<CrdRow> EachRefused(string change, string field, string message, bool needsRules, params string[] values) =>
        values.Select(value => new CrdRow(change.Replace("%", value, StringComparison.Ordinal), field, message, needsRules));

    /// <summary>The resource of a row.</summary>
    public static JsonObject Resource(string change)
    {
        var spec = YamlDocuments.Parse(Smallest).Single();
        Merge(spec, YamlDocuments.Parse(change).Single());
        return new JsonObject
        {
            ["apiVersion"] = $"{PREphemeralEnvController.Group}/{PREphemeralEnvController.Version}",
            ["kind"] = PREphemeralEnvController.Kind,
            ["metadata"] = new JsonObject { ["name"] = "row" },
            ["spec"] = spec,
        };
    }

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject existing)
                Merge(existing, inner);
            else
                target[name] = value.DeepClone();
        }
    }
}
