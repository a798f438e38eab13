using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Controller.GitHub.Paging;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Deployments;

/// <inheritdoc cref="IDeploymentWriter"/>
internal sealed class DeploymentWriter(
    GitHubChannelPool channels, GitHubWriter writer, PageSizes sizes, ILogger<DeploymentWriter> logger) : IDeploymentWriter
{
    // A pull request that was pushed to more often keeps the rest.
    private const int MostPages = 10;

    private static readonly WriteKind What = new(
        "the deployment", "the token needs write permission for deployments (classic tokens: the scope repo_deployment).",
        AppPermissions.Deployments);

    private static readonly WriteKind Environment = new(
        "the deletion of an environment", "the token needs write permission for the repository's administration (classic tokens: the "
        + "scope repo).",
        AppPermissions.Environments);

    public async Task<DeploymentSearch> FindAsync(
        RepositoryAccess access, string sha, string environment, string tag, CancellationToken cancellationToken)
    {
        if (!CommitSha.IsValid(sha))
            return new DeploymentSearch(null, null);
        try
        {
            using var lease = channels.Rent(access);
            var page = await sizes.ReadAsync(
                access, size => RepositoryUrls.Deployments(access, sha, environment, size),
                (first, _) => lease.Channel.GetAsync(first, ReadPage, cancellationToken));
            return new DeploymentSearch(null, page.Value.FirstOrDefault(d => d.Tag() == tag)?.Id);
        }
        catch (GitHubFaultException e)
        {
            ReadLog.NotRead(logger, "the deployments", access, e.Fault);
            return new DeploymentSearch(WriteFaults.OfRead<long>(e.Fault, access, What), null);
        }
    }

    public Task<WriteResult<long>> CreateAsync(
        RepositoryAccess access, string sha, string environment, string tag, CancellationToken cancellationToken)
    {
        var body = new DeploymentBody { Ref = sha, Environment = environment, Payload = new PayloadBody(tag) };
        var request = new WriteRequest(
            What, HttpMethod.Post, () => RepositoryUrls.NewDeployment(access), JsonBody.Of(body, GitHubJson.Default.DeploymentBody),
            WriteTarget.List);
        return writer.SendAsync(access, request, ReadId, cancellationToken);
    }

    public Task<WriteResult<long>> SetStateAsync(
        RepositoryAccess access, long id, DeploymentReport report, CancellationToken cancellationToken)
    {
        var body = new DeploymentStatusBody
        {
            State = report.State.Word(),
            Description = StatusText.Description(report.Description),
            EnvironmentUrl = StatusText.TargetUrl(report.Url) ?? "",
        };
        var request = new WriteRequest(
            What, HttpMethod.Post, () => RepositoryUrls.DeploymentStatuses(access, id),
            JsonBody.Of(body, GitHubJson.Default.DeploymentStatusBody), WriteTarget.Object);
        return writer.SendAsync(access, request, _ => id, cancellationToken);
    }

    public async Task<DeploymentList> ListAsync(RepositoryAccess access, string environment, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = channels.Rent(access);
            var found = await sizes.ReadAsync(
                access, size => RepositoryUrls.Deployments(access, environment, size),
                (first, size) => PageWalk.ReadAsync(lease.Channel, first, size, MostPages, ReadPage, cancellationToken));
            return new DeploymentList(null, [.. found.Select(d => (d.Id, d.Tag()))]);
        }
        catch (GitHubFaultException e)
        {
            ReadLog.NotRead(logger, "the deployments", access, e.Fault);
            return new DeploymentList(WriteFaults.OfRead<bool>(e.Fault, access, What), []);
        }
    }

    public Task<WriteResult<bool>> DeleteAsync(RepositoryAccess access, long id, CancellationToken cancellationToken) =>
        DeleteAsync(access, What, () => RepositoryUrls.Deployment(access, id), cancellationToken);

    public Task<WriteResult<bool>> DeleteEnvironmentAsync(
        RepositoryAccess access, string environment, CancellationToken cancellationToken) =>
        DeleteAsync(access, Environment, () => RepositoryUrls.Environment(access, environment), cancellationToken);

    private async Task<WriteResult<bool>> DeleteAsync(
        RepositoryAccess access, WriteKind kind, Func<Uri> address, CancellationToken cancellationToken)
    {
        var request = new WriteRequest(kind, HttpMethod.Delete, address, null, WriteTarget.Object);
        var result = await writer.SendAsync(access, request, static _ => true, cancellationToken);
        return result is WriteResult<bool>.Failed { Why: WriteFailure.NotFound } ? new WriteResult<bool>.Done(true, IsNew: false) : result;
    }

    private static long ReadId(Stream body) =>
        JsonSerializer.Deserialize(body, GitHubJson.Default.DeploymentJson) is { Id: > 0 } deployment
            ? deployment.Id
            : throw new GitHubFaultException(GitHubFault.Malformed("a deployment has no number") with { IsOutcomeUnknown = true });

    private static DeploymentJson[] ReadPage(Stream body)
    {
        var items = JsonSerializer.Deserialize(body, GitHubJson.Default.DeploymentJsonArray)
            ?? throw new GitHubFaultException(GitHubFault.Malformed("the list is missing"));
        return items.All(i => i is { Id: > 0 })
            ? items
            : throw new GitHubFaultException(GitHubFault.Malformed("a deployment has no number"));
    }
}
