namespace PrEnv.Controller.Kubernetes.Access;

/// <summary>Asks the API server who someone is, and what they may do.</summary>
internal interface IAccessReviewer
{
    /// <summary>May the owner of this token get that path, which is no resource of the API server?</summary>
    /// <exception cref="Core.Objects.ApiStatusException">The API server does not answer, or does not let this process ask.</exception>
    Task<AccessDecision> ReviewAsync(string token, string path, CancellationToken cancellationToken);
}
