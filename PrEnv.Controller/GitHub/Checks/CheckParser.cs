using System.Text.Json;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Checks;

/// <summary>Reads a page of check runs or of commit statuses.</summary>
internal static class CheckParser
{
    /// <summary>Throws <see cref="GitHubFaultException"/> when the list is missing, or a check run has no name.</summary>
    public static CheckResult[] ReadRuns(Stream body)
    {
        var items = JsonSerializer.Deserialize(body, GitHubJson.Default.CheckRunsJson)?.CheckRuns
            ?? throw new GitHubFaultException(GitHubFault.Malformed("the list is missing"));
        return
        [
            .. items.Select(item => item is { Name: { Length: > 0 } name, Id: { } id }
                ? new CheckResult(CheckKind.Run, name, id, CheckResult.OfRun(item.Status, item.Conclusion))
                : throw new GitHubFaultException(GitHubFault.Malformed("a check run has no name or id"))),
        ];
    }

    /// <summary>Throws <see cref="GitHubFaultException"/> when the list is missing, or a status has no context.</summary>
    public static CheckResult[] ReadStatuses(Stream body)
    {
        var items = JsonSerializer.Deserialize(body, GitHubJson.Default.CombinedStatusJson)?.Statuses
            ?? throw new GitHubFaultException(GitHubFault.Malformed("the list is missing"));
        return
        [
            .. items.Select(item => item is { Context: { Length: > 0 } context }
                ? new CheckResult(CheckKind.Status, context, item.Id ?? 0, CheckResult.OfStatus(item.State))
                : throw new GitHubFaultException(GitHubFault.Malformed("a commit status has no context"))),
        ];
    }
}
