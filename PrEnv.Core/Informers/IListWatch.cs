using System.Collections.Immutable;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>How a kind is listed and watched. Both throw <see cref="ApiStatusException"/> when the server refuses a request.</summary>
public interface IListWatch<T>
    where T : class, IClusterObject
{
    /// <summary>One page of a LIST.</summary>
    Task<ListPage<T>> ListAsync(ListOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// One WATCH. The sequence ends without an exception when the server closes the stream, and with
    /// <see cref="OperationCanceledException"/> when cancelled. An in-stream error is yielded as <see cref="WatchEventType.Error"/>.
    /// </summary>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync(WatchOptions options, CancellationToken cancellationToken);
}

/// <summary>Parameters of a LIST. See https://kubernetes.io/docs/reference/using-api/api-concepts/.</summary>
/// <param name="ResourceVersion"><c>""</c> for a quorum read, <c>"0"</c> for any, else not older than this.</param>
/// <param name="Limit">Page size; null asks for everything.</param>
/// <param name="Continue">Token of the previous page.</param>
public sealed record ListOptions(string ResourceVersion, int? Limit = null, string? Continue = null);

/// <summary>Parameters of a WATCH.</summary>
/// <param name="ResourceVersion">Where to continue.</param>
/// <param name="Timeout">When the server should close the stream.</param>
/// <param name="SendInitialEvents">Request the current state first (a streaming list).</param>
public sealed record WatchOptions(string ResourceVersion, TimeSpan Timeout, bool SendInitialEvents = false);

/// <summary>A page of a LIST. Items that could not be decoded are left out and reported by the adapter.</summary>
public sealed record ListPage<T>(ImmutableArray<T> Items, string ResourceVersion, string? Continue);

/// <summary>An event of a WATCH.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object; null for a bookmark, an error, and an object that could not be decoded.</param>
/// <param name="ResourceVersion">The object's or bookmark's version; null for an error or when it could not be read.</param>
/// <param name="Error">The server's status, for an error.</param>
/// <param name="InitialEventsEnd">True for the bookmark that ends a streaming list.</param>
public readonly record struct WatchEvent<T>(
    WatchEventType Type, T? Object, string? ResourceVersion, ApiStatus? Error = null, bool InitialEventsEnd = false)
    where T : class, IClusterObject;
