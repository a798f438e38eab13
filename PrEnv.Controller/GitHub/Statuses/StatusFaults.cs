using System.Net;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Statuses;

/// <summary>What a failed post means for the next one.</summary>
internal static class StatusFaults
{
    private const string MissingPermission =
        "the token needs write permission for commit statuses (classic tokens: the scope repo:status).";

    public static ReportResult From(GitHubFault fault) => fault switch
    {
        { Reason: UnavailableReason.RateLimited, Until: { } until } => new ReportResult.Deferred(until),
        { IsCredential: true } => Failed(fault.Message),
        { Status: HttpStatusCode.Forbidden } =>
            Failed($"GitHub refused the commit status (403): {MissingPermission}{NeededPermissions.Named(fault)}"),
        { Status: HttpStatusCode.NotFound } =>
            Failed($"GitHub refused the commit status (404): the repository is gone, or {MissingPermission}"),
        { Status: HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest } =>
            new ReportResult.Failed(fault.Message, Permanent: true),
        { IsOutcomeUnknown: true } => Failed($"{fault.Message} Whether it has the commit status is not known."),
        _ => Failed(fault.Message),
    };

    private static ReportResult.Failed Failed(string message) => new(message, Permanent: false);
}
