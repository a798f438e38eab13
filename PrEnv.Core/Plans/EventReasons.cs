namespace PrEnv.Core.Plans;

/// <summary>Reasons of events; the predecessor's where it had one.</summary>
public static class EventReasons
{
#pragma warning disable CS1591 // The names are the documentation; docs/reference.md has the sentences.
    public const string NoActivePRs = nameof(NoActivePRs);
    public const string FluxHelmReleaseCreated = nameof(FluxHelmReleaseCreated);
    public const string FluxHelmReleaseUpdated = nameof(FluxHelmReleaseUpdated);
    public const string FluxHelmReleaseAdopted = nameof(FluxHelmReleaseAdopted);
    public const string FluxHelmReleaseDeleted = nameof(FluxHelmReleaseDeleted);
    public const string EnvReady = nameof(EnvReady);
    public const string EnvFailed = nameof(EnvFailed);
    public const string EnvUnhealthy = nameof(EnvUnhealthy);
    public const string PRSkipped = nameof(PRSkipped);
    public const string PRQueued = nameof(PRQueued);
    public const string RebuildRequested = nameof(RebuildRequested);
    public const string TokenLoadFailed = nameof(TokenLoadFailed);
    public const string PRFetchFailed = nameof(PRFetchFailed);
    public const string RateLimited = nameof(RateLimited);
    public const string RepositoryMoved = nameof(RepositoryMoved);
    public const string NameConflict = nameof(NameConflict);
    public const string DeletionHeld = nameof(DeletionHeld);
    public const string UnableToCreateHelmRelease = nameof(UnableToCreateHelmRelease);
    public const string DeleteFailed = nameof(DeleteFailed);
    public const string StatusReportFailed = nameof(StatusReportFailed);
    public const string ReportFailed = nameof(ReportFailed);
    public const string FluxNotInstalled = nameof(FluxNotInstalled);
    public const string InvalidSpec = nameof(InvalidSpec);
#pragma warning restore CS1591
}
