namespace PrEnv.Controller.GitHub.Writing;

/// <summary>The outcome of any write: a commit status, a deployment, a comment or a reaction.</summary>
internal abstract record WriteResult<T>
{
    private WriteResult()
    {
    }

    /// <summary>The same with another value.</summary>
    public WriteResult<TOther> Map<TOther>(Func<T, TOther> map) => this switch
    {
        Done done => new WriteResult<TOther>.Done(map(done.Value), done.IsNew),
        Failed failed => new WriteResult<TOther>.Failed(failed.Message, failed.Why),
        Deferred deferred => new WriteResult<TOther>.Deferred(deferred.Until),
        _ => throw new InvalidOperationException($"{GetType().Name} is not a result."),
    };

    /// <summary>GitHub has accepted it.</summary>
    /// <param name="Value">From the answer.</param>
    /// <param name="IsNew">True for 201: it was not there before.</param>
    public sealed record Done(T Value, bool IsNew) : WriteResult<T>;

    /// <summary>GitHub has not accepted it, or it is not known whether it has.</summary>
    /// <param name="Message">A sentence for the operator, free of tokens, headers and bodies, the same for the same cause.</param>
    /// <param name="Why">What that means for a retry, and for other writes.</param>
    public sealed record Failed(string Message, WriteFailure Why) : WriteResult<T>;

    /// <summary>
    /// Not sent, or refused for now: a rate limit, GitHub's or our own budget of writes. It concerns all writes of the credential.
    /// </summary>
    /// <param name="Until">When to try again.</param>
    public sealed record Deferred(DateTimeOffset Until) : WriteResult<T>;
}
