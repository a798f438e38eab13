using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Deployments;

/// <summary>GitHub Deployments. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface IDeploymentWriter
{
    /// <summary>The newest deployment of that commit to that environment with the same tag; by a conditional request.</summary>
    Task<DeploymentSearch> FindAsync(
        RepositoryAccess access, string sha, string environment, string tag, CancellationToken cancellationToken);

    /// <summary>Creates a transient deployment that merges nothing and waits for no check; returns its number.</summary>
    Task<WriteResult<long>> CreateAsync(
        RepositoryAccess access, string sha, string environment, string tag, CancellationToken cancellationToken);

    /// <summary>Posts a deployment's state; returns its number.</summary>
    Task<WriteResult<long>> SetStateAsync(RepositoryAccess access, long id, DeploymentReport report, CancellationToken cancellationToken);

    /// <summary>All deployments to an environment, newest first, by conditional requests.</summary>
    Task<DeploymentList> ListAsync(RepositoryAccess access, string environment, CancellationToken cancellationToken);

    /// <summary>Deletes a deployment, which must be inactive; one that is gone is deleted.</summary>
    Task<WriteResult<bool>> DeleteAsync(RepositoryAccess access, long id, CancellationToken cancellationToken);

    /// <summary>Deletes an environment; one that is gone is deleted.</summary>
    Task<WriteResult<bool>> DeleteEnvironmentAsync(RepositoryAccess access, string environment, CancellationToken cancellationToken);
}

/// <summary>The deployments to an environment.</summary>
/// <param name="Problem">What it means for a deletion that GitHub could not be asked; null when it could.</param>
/// <param name="Found">Number and tag of each; the tag is null when something else created it.</param>
internal readonly record struct DeploymentList(WriteResult<bool>? Problem, ImmutableArray<(long Id, string? Tag)> Found);

/// <summary>The result of a search.</summary>
/// <param name="Problem">What it means for the deployment that GitHub could not be asked; null when it could.</param>
/// <param name="Id">The deployment; null when there is none.</param>
internal readonly record struct DeploymentSearch(WriteResult<long>? Problem, long? Id);
