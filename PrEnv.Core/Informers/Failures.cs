using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>What failures of the API server mean to a reader of lists and watches.</summary>
internal static class Failures
{
    private const string TooLarge = "Too large resource version";

    /// <summary>
    /// The server has not got that far yet. Its newest spelling is a cause of that type; up to 1.18 it was a cause's message; before 1.17
    /// the message alone.
    /// </summary>
    public static bool IsTooLargeResourceVersion(this ApiStatus status) =>
        status.Causes?.Any(cause => cause is "ResourceVersionTooLarge" or TooLarge) == true
        || status.Message.Contains(TooLarge, StringComparison.Ordinal);

    /// <summary>The version that was asked for cannot be had; a read without one can.</summary>
    public static bool IsUnusableVersion(this ApiStatus status) => status.IsExpired || status.IsTooLargeResourceVersion();

    /// <summary>The server is busy or away: what was seen stays true, so the watch goes on where it was.</summary>
    public static bool IsPassing(this ApiStatus status) => status.IsTooManyRequests || status.IsUnreachable || status.Code == 503;

    /// <summary>An error inside the server that may pass. Unreadable storage is none: only a new list tells what is left.</summary>
    public static bool IsInternal(this ApiStatus status) => status.Code == 500 && status.Reason is "InternalError" or "";

    /// <summary>
    /// Whatever an adapter throws, as a status. An adapter says itself that a server is away; a broken stream it need not translate.
    /// </summary>
    public static ApiStatus From(Exception exception) => exception switch
    {
        ApiStatusException refused => refused.Status,

        // A cancellation that nobody here asked for is how HttpClient reports its timeout.
        IOException or TimeoutException or OperationCanceledException => new ApiStatus(0, "Unreachable", exception.Message),
        _ => new ApiStatus(-1, exception.GetType().Name, exception.Message),
    };
}
