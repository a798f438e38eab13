namespace PrEnv.Core.Spec;

/// <summary>What a field of the spec means when it is absent. The schema in <c>crds/</c> says the same; a test compares them.</summary>
public static class SpecDefaults
{
    /// <summary><c>envCreationHelmRepo.chartVersion</c>.</summary>
    public const string ChartVersion = "0.1.0";

    /// <summary><c>envCreationHelmRepo.destinationNamespace</c>.</summary>
    public const string DestinationNamespace = "pr-helm-releases";

    /// <summary><c>envCreationHelmRepo.fluxSourceNamespace</c>.</summary>
    public const string FluxSourceNamespace = "flux-system";

    /// <summary><c>envCreationHelmRepo.fluxSourceKind</c>.</summary>
    public const string SourceKind = "GitRepository";

    /// <summary><c>githubPRRepository.tokenSecretRef.key</c>.</summary>
    public const string TokenKey = "token";

    /// <summary><c>healthCheck.caSecretRef.key</c>.</summary>
    public const string CaKey = "ca.crt";

    /// <summary><c>interval</c>, a Go duration.</summary>
    public const string Interval = "60s";

    /// <summary><c>healthCheck.timeout</c>, a Go duration.</summary>
    public const string HealthCheckTimeout = "30m";

    /// <summary><c>healthCheck.requestTimeout</c>, a Go duration.</summary>
    public const string RequestTimeout = "5s";

    /// <summary><c>healthCheck.expectedStatusCodes</c>: this one alone.</summary>
    public const int ExpectedStatusCode = 200;

    /// <summary><c>waitFor.timeout</c>, a Go duration.</summary>
    public const string ChecksTimeout = "1h";

    /// <summary><c>sleep.awake.timeZone</c>.</summary>
    public const string TimeZone = "UTC";

    /// <summary><c>readyWhen</c>.</summary>
    public const string ReadyWhen = "Applied";

    /// <summary><c>pullRequests.forks</c>.</summary>
    public const string Forks = "RequireApproval";

    /// <summary>The choice of <c>pullRequests.forks</c> that admits none.</summary>
    public const string ForksDenied = "Deny";

    /// <summary>The choice of <c>pullRequests.forks</c> that admits all.</summary>
    public const string ForksAllowed = "Allow";

    /// <summary><c>pullRequests.drafts</c>.</summary>
    public const string Drafts = "Include";

    /// <summary><c>report.commitStatus.skipped</c>: nothing is posted.</summary>
    public const string SkippedStatus = "None";

    /// <summary><c>report.commitStatus.skipped</c>: a success is posted.</summary>
    public const string SkippedSuccess = "Success";

    /// <summary>The other choice of <c>pullRequests.drafts</c>.</summary>
    public const string DraftsSkipped = "Skip";

    /// <summary><c>report.deployments.cleanup</c>.</summary>
    public const string DeploymentCleanup = "Inactive";

    /// <summary>The other choice of <c>report.deployments.cleanup</c>.</summary>
    public const string DeleteDeployments = "Delete";

    /// <summary><c>deletionPolicy</c>.</summary>
    public const string DeletionPolicy = "Delete";

    /// <summary>The other choice of <c>deletionPolicy</c>.</summary>
    public const string OrphanPolicy = "Orphan";
}
