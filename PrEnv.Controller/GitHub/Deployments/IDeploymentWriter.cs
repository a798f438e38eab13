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
}

/// <summary>The result of a search.</summary>
/// <param name="Problem">What it means for the deployment that GitHub could not be asked; null when it could.</param>
/// <param name="Id">The deployment; null when there is none.</param>
internal readonly record struct DeploymentSearch(WriteResult<long>? Problem, long? Id);
