namespace PrEnv.Controller.GitHub.Writing;

/// <summary>What came of a write.</summary>
internal abstract record WriteResult<T>
{
    private WriteResult()
    {
    }

    /// <summary>GitHub has it.</summary>
    /// <param name="Value">From the answer.</param>
    /// <param name="IsNew">True for 201: it was not there before.</param>
    public sealed record Done(T Value, bool IsNew) : WriteResult<T>;

    /// <summary>GitHub has it not.</summary>
    /// <param name="Message">A sentence for the operator, free of tokens, headers and bodies, the same for the same cause.</param>
    /// <param name="Why">What that means for another try.</param>
    public sealed record Failed(string Message, WriteFailure Why) : WriteResult<T>;

    /// <summary>Not sent: a rate limit, GitHub's or our own budget of writes.</summary>
    /// <param name="Until">When to try again.</param>
    public sealed record Deferred(DateTimeOffset Until) : WriteResult<T>;
}

/// <summary>Kinds of failure.</summary>
internal enum WriteFailure
{
    /// <summary>May pass by itself.</summary>
    Passing,

    /// <summary>The credential may not.</summary>
    Forbidden,

    /// <summary>What is to be changed is not there; or the credential may not, and is not told so.</summary>
    NotFound,

    /// <summary>The same request can never succeed.</summary>
    Refused,
}
