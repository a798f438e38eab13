namespace PrEnv.Core.Objects;

/// <summary>
/// The status of a request that the API server refused. See https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/.
/// </summary>
/// <param name="Code">HTTP status; 0 when the server could not be reached.</param>
/// <param name="Reason">Machine-readable, for example <c>Expired</c>.</param>
/// <param name="Message">For people.</param>
/// <param name="RetryAfter">How long to wait, if the server specified that.</param>
/// <param name="Causes">Machine-readable causes, for example <c>ResourceVersionTooLarge</c>.</param>
/// <param name="Kind">Plural of the kind that it is about, for example <c>namespaces</c>; null if the server specified none.</param>
public sealed record ApiStatus(
    int Code, string Reason, string Message, TimeSpan? RetryAfter = null, IReadOnlyList<string>? Causes = null, string? Kind = null)
{
    /// <summary>The requested version is no longer kept.</summary>
    public bool IsExpired => Code == 410 || Reason is "Expired" or "Gone";

    /// <summary>The server asks the client to slow down.</summary>
    public bool IsTooManyRequests => Code == 429 || Reason is "TooManyRequests";

    /// <summary>There was no answer in time.</summary>
    public bool IsTimeout => Code == 504 || Reason is "Timeout";

    /// <summary>No such object, or no such kind.</summary>
    public bool IsNotFound => Code == 404;

    /// <summary>Another writer was first, or owns a field.</summary>
    public bool IsConflict => Code == 409;

    /// <summary>The namespace is being deleted: nothing can be created in it any more.</summary>
    public bool IsNamespaceTerminating => Causes?.Contains("NamespaceTerminating", StringComparer.Ordinal) == true;

    /// <summary>The server could not be reached at all.</summary>
    public bool IsUnreachable => Code == 0;
}

/// <summary>The API server refused a request, or could not be reached.</summary>
public sealed class ApiStatusException : Exception
{
    /// <summary>Creates one from a status.</summary>
    public ApiStatusException(ApiStatus status, Exception? inner = null)
        : base(status.Message, inner) => Status = status;

    /// <summary>The server's status.</summary>
    public ApiStatus Status { get; }
}
