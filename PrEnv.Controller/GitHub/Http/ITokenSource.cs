namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// Where a request's token comes from. Used by one request at a time, or by two if GitHub does not answer one: then a token may be created
/// twice.
/// </summary>
internal interface ITokenSource
{
    /// <summary>A token that is valid now. Throws <see cref="Faults.GitHubFaultException"/>.</summary>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>GitHub refused the token with 401. True when it is worth requesting another one and retrying.</summary>
    /// <param name="date">GitHub's clock at that time; null when it did not say.</param>
    bool Refused(DateTimeOffset? date);
}

/// <summary>A personal access token, which cannot be replaced.</summary>
internal sealed class FixedToken(string token) : ITokenSource
{
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(token);

    public bool Refused(DateTimeOffset? date) => false;
}
