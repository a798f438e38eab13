using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Templates;

namespace PrEnv.Core.Spec;

/// <summary>
/// Checks a spec and fills in its defaults. The schema already refuses most errors; a server without it, or one too old for its rules,
/// does not, so everything is checked again here.
/// </summary>
public sealed class SpecReader
{
    private const int MaxStatusCodes = 32;

    private const int MaxChecks = 16;

    private const int MaxCheckName = 100;

    // As many pull requests as a listing may have.
    private const int MaxLimit = 10_000;

    private readonly PREphemeralEnvController _resource;
    private readonly ControllerSettings _settings;
    private readonly FieldReader _fields;

    private SpecReader(PREphemeralEnvController resource, ControllerSettings settings)
    {
        _resource = resource;
        _settings = settings;
        _fields = new FieldReader(resource, settings);
    }

    /// <summary>The spec, or everything that is wrong with it. Never throws.</summary>
    public static SpecReading Read(PREphemeralEnvController resource, ControllerSettings settings)
    {
        var reader = new SpecReader(resource, settings);
        var spec = reader.Read();
        var problems = reader._fields.Problems;
        var reading = problems.Count > 0 ? new SpecReading(null, problems.ToImmutable()) : new SpecReading(spec, []);
        return settings.Watches(spec.DestinationNamespace) ? reading : reading with { UnseenDestination = spec.DestinationNamespace };
    }

    private EnvironmentSpec Read()
    {
        var spec = _resource.Spec;
        if (_resource.Metadata.Name.Length > FieldReader.MaxNameLength)
        {
            _fields.Problems.Add(new SpecProblem(
                "metadata.name",
                $"has more than {FieldReader.MaxNameLength} characters; it becomes a label of every HelmRelease, so choose a shorter name",
                IsTemplate: false));
        }

        var repository = spec.GitHubPRRepository ?? new GitHubPRRepository();
        var helm = spec.EnvCreationHelmRepo ?? new EnvCreationHelmRepo();
        var interval = _fields.Duration("interval", spec.Interval, SpecDefaults.Interval);
        var fields = new ReleaseFields(_fields.Problems);
        var lifetime = new LifetimeReader(_fields.Add);
        var kind = SourceKind(helm.FluxSourceKind);
        var healthUrl = _fields.Template("envHealthCheckURLTemplate", spec.EnvHealthCheckUrlTemplate);
        _fields.OneOf(
            "report.commitStatus.skipped", spec.Report?.CommitStatus?.Skipped, SpecDefaults.SkippedStatus, SpecDefaults.SkippedSuccess);
        _fields.OneOf(
            "report.deployments.cleanup", spec.Report?.Deployments?.Cleanup, SpecDefaults.DeploymentCleanup,
            SpecDefaults.DeleteDeployments);
        _fields.OneOf("deletionPolicy", spec.DeletionPolicy, SpecDefaults.DeletionPolicy, SpecDefaults.OrphanPolicy);
        return new EnvironmentSpec
        {
            Owner = _fields.Matching(
                "githubPRRepository.user", repository.User, SpecPatterns.Owner(), 100, "a GitHub user or organisation"),
            Repository = RepositoryName(repository.Repo),
            Token = _fields.SecretKey("githubPRRepository.tokenSecretRef", repository.TokenSecretRef, SpecDefaults.TokenKey),
            WebhookSecret = _fields.SecretKey("githubPRRepository.webhookSecretRef", repository.WebhookSecretRef, SpecDefaults.TokenKey),
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
            EnvironmentUrl = spec.EnvUrlTemplate is null ? healthUrl : _fields.Template("envURLTemplate", spec.EnvUrlTemplate),
            Forks = Forks(spec.PullRequests?.Forks),
            Filter = new PullRequestFilterReader(_fields.Add).Read(spec.PullRequests ?? new PullRequestSelection()),
            Checks = Checks(spec),
            ChecksTimeout = _fields.PositiveDuration("waitFor.timeout", spec.WaitFor?.Timeout, SpecDefaults.ChecksTimeout),
            MaxEnvironments = MaxEnvironments(spec.Limits?.MaxEnvironments ?? 0),
            Expiry = lifetime.Read(spec.Expiry),
            Sleep = lifetime.Read(spec.Sleep, fields),
            Namespace = new NamespaceReader(_resource, _settings, _fields.Problems).Read(),
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
            _fields.Add("limits.maxEnvironments", $"must be a number from 0 to {MaxLimit}; 0 means any number");
        return most > 0 ? most : null;
    }

    private string RepositoryName(string? name)
    {
        const string Field = "githubPRRepository.repo";
        if (name?.EndsWith(".git", StringComparison.Ordinal) == true)
            _fields.Add(Field, "must be the name of the repository without .git at the end");
        return _fields.Matching(Field, name, SpecPatterns.Repository(), 100, "the name of a GitHub repository");
    }

    private FluxSourceKind SourceKind(string? text)
    {
        var name = text ?? SpecDefaults.SourceKind;
        if (Enum.TryParse<FluxSourceKind>(name, out var kind) && kind.ToString() == name)
            return kind;
        _fields.Add(
            "envCreationHelmRepo.fluxSourceKind",
            $"is \"{FieldReader.Excerpt(text)}\"; it must be GitRepository, HelmRepository, Bucket or OCIRepository");
        return FluxSourceKind.GitRepository;
    }

    private ChartReference Chart(EnvCreationHelmRepo helm, FluxSourceKind kind)
    {
        const string Field = "envCreationHelmRepo.";
        return new ChartReference(
            _fields.NamespaceOf(Field + "fluxSourceNamespace", helm.FluxSourceNamespace ?? SpecDefaults.FluxSourceNamespace),
            _fields.Matching(
                Field + "fluxSourceRepoName", helm.FluxSourceRepoName, SpecPatterns.Subdomain(), FieldReader.MaxSubdomainLength,
                $"the name of a Flux {kind}"),
            kind == FluxSourceKind.OCIRepository && helm.HelmChartPath is null ? "" : _fields.Matching(
                Field + "helmChartPath", helm.HelmChartPath, SpecPatterns.Trimmed(), 1024,
                kind == FluxSourceKind.HelmRepository ? "the name of the chart in the source" : "the path of the chart in the source"),
            _fields.Matching(
                Field + "chartVersion", helm.ChartVersion ?? SpecDefaults.ChartVersion, SpecPatterns.Version(),
                FieldReader.MaxSubdomainLength, "a version or a range of versions"))
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
            _fields.Add(Field, $"is {name}, which every release has already");
        return _fields.Matching(
            Field, name, SpecPatterns.ValueName(), FieldReader.MaxNameLength, "the name of a value, such as pullRequest");
    }

    private ResourceKey? App(GitHubPRRepository repository)
    {
        const string Field = "githubPRRepository.appSecretRef";
        if (repository.AppSecretRef is not { } reference)
            return null;
        if (repository.TokenSecretRef is not null)
            _fields.Add(Field, "cannot be used together with githubPRRepository.tokenSecretRef; remove one of the two");
        return _fields.Secret(Field, reference.Namespace, reference.Name);
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
                _fields.Add(Field, "must be an https URL without user, query and fragment, such as https://ghe.example.com/api/v3");
                return url;
            }

            url = own.AbsolutePath.EndsWith('/') ? own : new Uri(own.AbsoluteUri + "/");
        }

        if (!_settings.Allows(url))
        {
            var what = text is null ? "is not set, and the default is at" : "names the host";
            _fields.Add(Field, $"{what} {HostAndPort.Of(url)}, which this controller's --allowed-github-hosts does not list");
        }

        return url;
    }

    private string Destination(string? name)
    {
        const string Field = "envCreationHelmRepo.destinationNamespace";
        var destination = _fields.NamespaceOf(Field, name ?? SpecDefaults.DestinationNamespace);
        if (!_settings.Watches(destination))
        {
            var what = name is null ? "is not set, and the default is" : "is";
            _fields.Add(Field, $"{what} {FieldReader.Excerpt(destination)}, which this controller's --watch-namespaces does not list");
        }

        return destination;
    }

    private Readiness ReadReadiness(PREphemeralEnvControllerSpec spec, UrlTemplate? healthUrl)
    {
        var releaseReady = _fields.OneOf("readyWhen", spec.ReadyWhen, SpecDefaults.ReadyWhen, "HelmReleaseReady");
        if (releaseReady && spec.EnvHealthCheckUrlTemplate is not null)
            _fields.Add("readyWhen", "cannot be used together with envHealthCheckURLTemplate; remove one of the two");
        var check = spec.HealthCheck;
        var timeout = _fields.PositiveDuration("healthCheck.timeout", check?.Timeout, SpecDefaults.HealthCheckTimeout);
        var requestTimeout = _fields.Duration("healthCheck.requestTimeout", check?.RequestTimeout, SpecDefaults.RequestTimeout);
        if (requestTimeout < TimeSpan.FromSeconds(1) || requestTimeout > TimeSpan.FromSeconds(60))
            _fields.Add("healthCheck.requestTimeout", "must be from 1s to 60s");
        var codes = check?.ExpectedStatusCodes ?? [SpecDefaults.ExpectedStatusCode];
        if (codes.Count is 0 or > MaxStatusCodes || codes.Any(code => code is < 100 or > 599))
            _fields.Add("healthCheck.expectedStatusCodes", $"must have 1 to {MaxStatusCodes} codes, each from 100 to 599");

        var secrets = new ProbeSecrets(
            _fields.SecretKey("healthCheck.caSecretRef", check?.CaSecretRef, SpecDefaults.CaKey),
            check?.HeadersSecretRef is { } headers
                ? _fields.Secret("healthCheck.headersSecretRef", headers.Namespace, headers.Name)
                : null);

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
            _fields.Add(
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
            _fields.Add, Field, spec.WaitFor?.Checks, MaxChecks, SpecPatterns.Trimmed(), MaxCheckName,
            "the name of a check run, or the context of a commit status");
        var own = spec.Report?.CommitStatus?.Enabled == false ? null : ContextOf(spec.Report?.CommitStatus);
        foreach (var (index, _) in checks.Index().Where(check => string.Equals(check.Item, own, StringComparison.OrdinalIgnoreCase)))
        {
            _fields.Add(
                $"{Field}[{index}]", "is the context of this resource's own commit status, which waits for the environment in turn");
        }

        return [.. checks.Distinct(StringComparer.Ordinal)];
    }

    private string ContextOf(CommitStatusReport? report) => report?.Context ?? $"ephemeral-env/{_resource.Metadata.Name}";

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
                _fields.Add("pullRequests.forks", $"is \"{FieldReader.Excerpt(text)}\"; it must be Deny, RequireApproval or Allow");
                return ForkPolicy.Deny;
        }
    }
}
