using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Templates;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Spec;

/// <summary>
/// Checks a spec and fills in its defaults. The schema already refuses most errors; a server without it, or one too old for its rules,
/// does not, so everything is checked again here.
/// </summary>
public sealed class SpecReader
{
    // https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
    private const int MaxNameLength = 63;

    private const int MaxSubdomainLength = 253;

    private const int MaxStatusCodes = 32;

    private const int MaxChecks = 16;

    private const int MaxCheckName = 100;

    // As many pull requests as a listing may have.
    private const int MaxLimit = 10_000;

    private readonly PREphemeralEnvController _resource;
    private readonly ControllerSettings _settings;
    private readonly ImmutableArray<SpecProblem>.Builder _problems = ImmutableArray.CreateBuilder<SpecProblem>();

    private SpecReader(PREphemeralEnvController resource, ControllerSettings settings)
    {
        _resource = resource;
        _settings = settings;
    }

    /// <summary>The spec, or everything that is wrong with it. Never throws.</summary>
    public static SpecReading Read(PREphemeralEnvController resource, ControllerSettings settings)
    {
        var reader = new SpecReader(resource, settings);
        var spec = reader.Read();
        var reading = reader._problems.Count > 0 ? new SpecReading(null, reader._problems.ToImmutable()) : new SpecReading(spec, []);
        return settings.Watches(spec.DestinationNamespace) ? reading : reading with { UnseenDestination = spec.DestinationNamespace };
    }

    private EnvironmentSpec Read()
    {
        var spec = _resource.Spec;
        if (_resource.Metadata.Name.Length > MaxNameLength)
        {
            _problems.Add(new SpecProblem(
                "metadata.name",
                $"has more than {MaxNameLength} characters; it becomes a label of every HelmRelease, so choose a shorter name",
                IsTemplate: false));
        }

        var repository = spec.GitHubPRRepository ?? new GitHubPRRepository();
        var helm = spec.EnvCreationHelmRepo ?? new EnvCreationHelmRepo();
        var interval = Duration("interval", spec.Interval, SpecDefaults.Interval);
        var fields = new ReleaseFields(_problems);
        var lifetime = new LifetimeReader(Add);
        var kind = SourceKind(helm.FluxSourceKind);
        var healthUrl = Template("envHealthCheckURLTemplate", spec.EnvHealthCheckUrlTemplate);
        OneOf("report.commitStatus.skipped", spec.Report?.CommitStatus?.Skipped, SpecDefaults.SkippedStatus, SpecDefaults.SkippedSuccess);
        OneOf(
            "report.deployments.cleanup", spec.Report?.Deployments?.Cleanup, SpecDefaults.DeploymentCleanup,
            SpecDefaults.DeleteDeployments);
        OneOf("deletionPolicy", spec.DeletionPolicy, SpecDefaults.DeletionPolicy, SpecDefaults.OrphanPolicy);
        return new EnvironmentSpec
        {
            Owner = Matching("githubPRRepository.user", repository.User, SpecPatterns.Owner(), 100, "a GitHub user or organisation"),
            Repository = RepositoryName(repository.Repo),
            Token = SecretKey("githubPRRepository.tokenSecretRef", repository.TokenSecretRef, SpecDefaults.TokenKey),
            WebhookSecret = SecretKey("githubPRRepository.webhookSecretRef", repository.WebhookSecretRef, SpecDefaults.TokenKey),
            App = App(repository),
            ApiUrl = ApiUrl(repository.ApiUrl),
            Chart = Chart(helm, kind),
            DestinationNamespace = Destination(helm.DestinationNamespace),
            ServiceAccountName = _settings.DefaultServiceAccount,
            Values = fields.Values(helm.Values),
            PullRequestValue = PullRequestValue(helm.PullRequestValue),
            HelmRelease = fields.HelmRelease(helm.HelmRelease, kind),
            Interval = interval < EnvironmentSpec.MinimumInterval ? EnvironmentSpec.MinimumInterval : interval,
            IntervalWasRaised = interval < EnvironmentSpec.MinimumInterval,
            Readiness = ReadReadiness(spec, healthUrl),
            EnvironmentUrl = spec.EnvUrlTemplate is null ? healthUrl : Template("envURLTemplate", spec.EnvUrlTemplate),
            Forks = Forks(spec.PullRequests?.Forks),
            Filter = new PullRequestFilterReader(Add).Read(spec.PullRequests ?? new PullRequestSelection()),
            Checks = Checks(spec),
            ChecksTimeout = PositiveDuration("waitFor.timeout", spec.WaitFor?.Timeout, SpecDefaults.ChecksTimeout),
            MaxEnvironments = MaxEnvironments(spec.Limits?.MaxEnvironments ?? 0),
            Expiry = lifetime.Read(spec.Expiry),
            Sleep = lifetime.Read(spec.Sleep, fields),
            Namespace = new NamespaceReader(_resource, _settings, _problems).Read(),
            StatusContext = StatusContext(spec.Report?.CommitStatus),
            SkippedSucceed = spec.Report?.CommitStatus?.Skipped == SpecDefaults.SkippedSuccess,
            ReportsToMergeQueue = repository.WebhookSecretRef is not null
                && spec.Report?.CommitStatus is not { Enabled: false } and not { MergeQueue: false },
            Deployments = spec.Report?.Deployments?.Enabled == true,
            CleansUpDeployments = spec.Report?.Deployments is { Enabled: true, Cleanup: SpecDefaults.DeleteDeployments },
            Comment = spec.Report?.Comment?.Enabled == true,
            Commands = spec.Report?.Commands?.Enabled == true,
        };
    }

    private int? MaxEnvironments(int most)
    {
        if (most is < 0 or > MaxLimit)
            Add("limits.maxEnvironments", $"must be a number from 0 to {MaxLimit}; 0 means any number");
        return most > 0 ? most : null;
    }

    private string RepositoryName(string? name)
    {
        const string Field = "githubPRRepository.repo";
        if (name?.EndsWith(".git", StringComparison.Ordinal) == true)
            Add(Field, "must be the name of the repository without .git at the end");
        return Matching(Field, name, SpecPatterns.Repository(), 100, "the name of a GitHub repository");
    }

    private FluxSourceKind SourceKind(string? text)
    {
        var name = text ?? SpecDefaults.SourceKind;
        if (Enum.TryParse<FluxSourceKind>(name, out var kind) && kind.ToString() == name)
            return kind;
        Add(
            "envCreationHelmRepo.fluxSourceKind",
            $"is \"{Excerpt(text)}\"; it must be GitRepository, HelmRepository, Bucket or OCIRepository");
        return FluxSourceKind.GitRepository;
    }

    private ChartReference Chart(EnvCreationHelmRepo helm, FluxSourceKind kind)
    {
        const string Field = "envCreationHelmRepo.";
        return new ChartReference(
            NamespaceOf(Field + "fluxSourceNamespace", helm.FluxSourceNamespace ?? SpecDefaults.FluxSourceNamespace),
            Matching(
                Field + "fluxSourceRepoName", helm.FluxSourceRepoName, SpecPatterns.Subdomain(), MaxSubdomainLength,
                $"the name of a Flux {kind}"),
            kind == FluxSourceKind.OCIRepository && helm.HelmChartPath is null ? "" : Matching(
                Field + "helmChartPath", helm.HelmChartPath, SpecPatterns.Trimmed(), 1024,
                kind == FluxSourceKind.HelmRepository ? "the name of the chart in the source" : "the path of the chart in the source"),
            Matching(
                Field + "chartVersion", helm.ChartVersion ?? SpecDefaults.ChartVersion, SpecPatterns.Version(), MaxSubdomainLength,
                "a version or a range of versions"))
        {
            Kind = kind,
        };
    }

    private string? PullRequestValue(string? name)
    {
        const string Field = "envCreationHelmRepo.pullRequestValue";
        if (name is null)
            return null;
        if (name is "prNumber" or "prSHA")
            Add(Field, $"is {name}, which every release has already");
        return Matching(Field, name, SpecPatterns.ValueName(), MaxNameLength, "the name of a value, such as pullRequest");
    }

    private ResourceKey? App(GitHubPRRepository repository)
    {
        const string Field = "githubPRRepository.appSecretRef";
        if (repository.AppSecretRef is not { } reference)
            return null;
        if (repository.TokenSecretRef is not null)
            Add(Field, "cannot be used together with githubPRRepository.tokenSecretRef; remove one of the two");
        return Secret(Field, reference.Namespace, reference.Name);
    }

    private ResourceKey Secret(string field, string? @namespace, string? name)
    {
        return new ResourceKey(
            NamespaceOf($"{field}.namespace", @namespace ?? _resource.Metadata.Namespace),
            Matching($"{field}.name", name, SpecPatterns.Subdomain(), MaxSubdomainLength, "the name of a Secret"));
    }

    private SecretKey? SecretKey(string field, SecretKeyReference? reference, string defaultKey)
    {
        if (reference is null)
            return null;
        var secret = Secret(field, reference.Namespace, reference.Name);
        return new SecretKey(
            secret.Namespace,
            secret.Name,
            Matching(
                $"{field}.key", reference.Key ?? defaultKey, SpecPatterns.SecretKey(), MaxSubdomainLength,
                "a key of the Secret"));
    }

    private Uri ApiUrl(string? text)
    {
        const string Field = "githubPRRepository.apiURL";
        var url = _settings.DefaultApiUrl;
        if (text is not null)
        {
            if (text.AsSpan().ContainsAny(" \\\t\r\n") || !Uri.TryCreate(text, UriKind.Absolute, out var own)
                || own.Scheme != Uri.UriSchemeHttps || HostAndPort.Of(own).Host.Length == 0
                || own.UserInfo.Length + own.Query.Length + own.Fragment.Length > 0)
            {
                Add(Field, "must be an https URL without user, query and fragment, such as https://ghe.example.com/api/v3");
                return url;
            }

            url = own.AbsolutePath.EndsWith('/') ? own : new Uri(own.AbsoluteUri + "/");
        }

        if (!_settings.Allows(url))
        {
            var what = text is null ? "is not set, and the default is at" : "names the host";
            Add(Field, $"{what} {HostAndPort.Of(url)}, which this controller's --allowed-github-hosts does not list");
        }

        return url;
    }

    // Of something that the spec refers to.
    private string NamespaceOf(string field, string name)
    {
        if (_settings.NoCrossNamespaceRefs && name != _resource.Metadata.Namespace)
            Add(field, $"must be {_resource.Metadata.Namespace}: this controller runs with --no-cross-namespace-refs");
        return Matching(field, name, SpecPatterns.Label(), MaxNameLength, "a namespace");
    }

    private string Destination(string? name)
    {
        const string Field = "envCreationHelmRepo.destinationNamespace";
        var destination = NamespaceOf(Field, name ?? SpecDefaults.DestinationNamespace);
        if (!_settings.Watches(destination))
        {
            var what = name is null ? "is not set, and the default is" : "is";
            Add(Field, $"{what} {Excerpt(destination)}, which this controller's --watch-namespaces does not list");
        }

        return destination;
    }

    private Readiness ReadReadiness(PREphemeralEnvControllerSpec spec, UrlTemplate? healthUrl)
    {
        var releaseReady = OneOf("readyWhen", spec.ReadyWhen, SpecDefaults.ReadyWhen, "HelmReleaseReady");
        if (releaseReady && spec.EnvHealthCheckUrlTemplate is not null)
            Add("readyWhen", "cannot be used together with envHealthCheckURLTemplate; remove one of the two");
        var check = spec.HealthCheck;
        var timeout = PositiveDuration("healthCheck.timeout", check?.Timeout, SpecDefaults.HealthCheckTimeout);
        var requestTimeout = Duration("healthCheck.requestTimeout", check?.RequestTimeout, SpecDefaults.RequestTimeout);
        if (requestTimeout < TimeSpan.FromSeconds(1) || requestTimeout > TimeSpan.FromSeconds(60))
            Add("healthCheck.requestTimeout", "must be from 1s to 60s");
        var codes = check?.ExpectedStatusCodes ?? [SpecDefaults.ExpectedStatusCode];
        if (codes.Count is 0 or > MaxStatusCodes || codes.Any(code => code is < 100 or > 599))
            Add("healthCheck.expectedStatusCodes", $"must have 1 to {MaxStatusCodes} codes, each from 100 to 599");

        var secrets = new ProbeSecrets(
            SecretKey("healthCheck.caSecretRef", check?.CaSecretRef, SpecDefaults.CaKey),
            check?.HeadersSecretRef is { } headers ? Secret("healthCheck.headersSecretRef", headers.Namespace, headers.Name) : null);

        if (healthUrl is not null)
            return new Readiness.Answers(healthUrl, timeout, requestTimeout, [.. codes]) { Secrets = secrets };
        return releaseReady ? new Readiness.ReleaseReady(timeout) : new Readiness.Applied();
    }

    private string? StatusContext(CommitStatusReport? report)
    {
        if (report?.Enabled == false)
            return null;
        var context = ContextOf(report);
        // The default may be longer than GitHub's own limit of 255 characters only for names that no API server accepts.
        if (report?.Context is not null && (context.Length > 100 || !SpecPatterns.StatusContext().IsMatch(context)))
        {
            Add(
                "report.commitStatus.context",
                "must have 1 to 100 characters, on one line, without spaces at either end, and without emoji and other characters beyond "
                + "U+FFFF, which GitHub refuses");
        }


        return context;
    }

    // What the controller itself posts about a commit that waits would keep it waiting.
    private ImmutableArray<string> Checks(PREphemeralEnvControllerSpec spec)
    {
        const string Field = "waitFor.checks";
        var checks = TextList.Read(
            Add, Field, spec.WaitFor?.Checks, MaxChecks, SpecPatterns.Trimmed(), MaxCheckName,
            "the name of a check run, or the context of a commit status");
        var own = spec.Report?.CommitStatus?.Enabled == false ? null : ContextOf(spec.Report?.CommitStatus);
        foreach (var (index, _) in checks.Index().Where(check => string.Equals(check.Item, own, StringComparison.OrdinalIgnoreCase)))
            Add($"{Field}[{index}]", "is the context of this resource's own commit status, which waits for the environment in turn");
        return [.. checks.Distinct(StringComparer.Ordinal)];
    }

    private string ContextOf(CommitStatusReport? report) => report?.Context ?? $"ephemeral-env/{_resource.Metadata.Name}";

    private TimeSpan PositiveDuration(string field, string? text, string fallback)
    {
        var value = Duration(field, text, fallback);
        if (value <= TimeSpan.Zero)
            Add(field, "must be longer than 0s");
        return value;
    }

    private TimeSpan Duration(string field, string? text, string fallback)
    {
        if (GoDuration.TryParse(text ?? fallback, out var value))
            return value;
        Add(field, $"is \"{Excerpt(text)}\", which is not a valid duration; use a form such as 90s, 5m or 1h30m");
        return TimeSpan.FromMinutes(1);
    }

    private UrlTemplate? Template(string field, string? text)
    {
        if (text is null)
            return null;
        var (template, problem) = UrlTemplate.Parse(text);
        if (problem is not null)
            _problems.Add(new SpecProblem("spec." + field, problem, IsTemplate: true));
        return template;
    }

    private string Matching(string field, string? text, System.Text.RegularExpressions.Regex pattern, int maxLength, string what)
    {
        if (string.IsNullOrEmpty(text))
            Add(field, $"is required: {what}");
        else if (text.Length > maxLength)
            Add(field, $"has more than {maxLength} characters; it must be {what}");
        else if (!pattern.IsMatch(text))
            Add(field, $"is \"{Excerpt(text)}\", which is not {what}");
        return text ?? "";
    }

    private ForkPolicy Forks(string? text)
    {
        switch (text ?? SpecDefaults.Forks)
        {
            case SpecDefaults.ForksDenied:
                return ForkPolicy.Deny;
            case SpecDefaults.Forks:
                return ForkPolicy.RequireApproval;
            case SpecDefaults.ForksAllowed:
                return ForkPolicy.Allow;
            default:
                Add("pullRequests.forks", $"is \"{Excerpt(text)}\"; it must be Deny, RequireApproval or Allow");
                return ForkPolicy.Deny;
        }
    }

    // True for the other choice, false for the default.
    private bool OneOf(string field, string? text, string fallback, string other)
    {
        if (text is not null && text != fallback && text != other)
            Add(field, $"is \"{Excerpt(text)}\"; it must be {fallback} or {other}");
        return text == other;
    }

    private void Add(string field, string problem) => _problems.Add(new SpecProblem("spec." + field, problem, IsTemplate: false));

    private static string Excerpt(string? text) => Text.Excerpt(text ?? "", 60);
}

/// <summary>Either a spec or its problems.</summary>
/// <param name="Spec">Null when there are problems.</param>
/// <param name="Problems">In the order of the spec.</param>
public sealed record SpecReading(EnvironmentSpec? Spec, ImmutableArray<SpecProblem> Problems)
{
    /// <summary>The destination if <see cref="ControllerSettings.WatchedNamespaces"/> leaves it out, else null.</summary>
    public string? UnseenDestination { get; init; }
}

/// <summary>One thing that is wrong with a spec.</summary>
/// <param name="Field">Path in the resource.</param>
/// <param name="Text">A clause that continues after the field's name.</param>
/// <param name="IsTemplate">Is it about placeholders?</param>
public sealed record SpecProblem(string Field, string Text, bool IsTemplate)
{
    /// <summary>A sentence.</summary>
    public override string ToString() => $"{Field} {Text}.";
}
