namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>A token that can be replaced before its time is over.</summary>
internal interface IRenewableToken
{
    /// <summary>The API server has rejected this token: the next request gets another, unless there is a newer one already.</summary>
    void Reject(string? token);
}
