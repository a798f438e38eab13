using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>What failures of the API server mean for a reader of lists and watches.</summary>
internal static class Failures
{
    private const string TooLarge = "Too large resource version";

    /// <summary>
    /// The server has not reached that version yet. It is reported as a cause of that type; up to 1.18 as the message of a cause; before
    /// 1.17 only in the message.
    /// </summary>
    public static bool IsTooLargeResourceVersion(this ApiStatus status) =>
        status.Causes?.Any(cause => cause is "ResourceVersionTooLarge" or TooLarge) == true
        || status.Message.Contains(TooLarge, StringComparison.Ordinal);

    /// <summary>The requested version is not available; a read without a version is possible.</summary>
    public static bool IsUnusableVersion(this ApiStatus status) => status.IsExpired || status.IsTooLargeResourceVersion();

    /// <summary>The server is busy or unreachable: what was seen remains true, so the watch continues where it was.</summary>
    public static bool IsPassing(this ApiStatus status) => status.IsTooManyRequests || status.IsUnreachable || status.Code == 503;

    /// <summary>
    /// An internal error of the server that may be temporary. Unreadable storage is not: only a new list shows what is left.
    /// </summary>
    public static bool IsInternal(this ApiStatus status) => status.Code == 500 && status.Reason is "InternalError" or "";

    /// <summary>
    /// Any exception of an adapter, as a status. An adapter itself reports that a server is unreachable; it need not translate a broken
    /// stream.
    /// </summary>
    public static ApiStatus From(Exception exception) => exception switch
    {
        ApiStatusException refused => refused.Status,

        // A cancellation that was not requested here is how HttpClient reports its timeout.
        IOException or TimeoutException or OperationCanceledException => new ApiStatus(0, "Unreachable", exception.Message),
        _ => new ApiStatus(-1, exception.GetType().Name, exception.Message),
    };
}
