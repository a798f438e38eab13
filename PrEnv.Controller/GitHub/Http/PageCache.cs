using System.IO.Compression;
using Microsoft.Extensions.Caching.Memory;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>An answer that GitHub may confirm with 304.</summary>
/// <param name="ETag">As it was sent.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Link">The pages around it; a 304 need not repeat them.</param>
/// <param name="Body">Compressed.</param>
internal sealed record CachedPage(string ETag, string? ContentType, string? Link, byte[] Body)
{
    private Reading? _read;

    /// <summary>
    /// The result of <paramref name="parse"/>, so that a page which is confirmed repeatedly is decompressed and parsed only once. Only the
    /// same delegate instance counts as the same way to read it. The value must be immutable: it is shared.
    /// </summary>
    public T Read<T>(Func<Stream, T> parse)
    {
        if (_read is { } known && ReferenceEquals(known.Parse, parse)) return (T)known.Value;
        using var body = PageCache.Unpack(this);
        var value = parse(body);
        _read = value is null ? null : new Reading(parse, value);
        return value;
    }

    private sealed record Reading(Delegate Parse, object Value);
}

/// <summary>An answer depends on the credential, and so does its ETag.</summary>
internal readonly record struct PageKey(string Url, string CredentialId);

/// <summary>
/// Answers for conditional requests, bounded in bytes. The bodies are repetitive, as a page of pull requests contains the same repository
/// 200 times: compressed, they take less than a tenth of the memory.
/// </summary>
internal sealed class PageCache(long sizeLimit) : IDisposable
{
    /// <summary>The size of an entry without its body.</summary>
    private const int Overhead = 1024;

    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(2);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = sizeLimit, TrackStatistics = true });

    /// <summary>Bytes in use.</summary>
    public long Size => _cache.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    public CachedPage? Find(PageKey key) => _cache.Get<CachedPage>(key);

    public void Store(PageKey key, string etag, string? contentType, string? link, byte[] body)
    {
        var page = new CachedPage(etag, contentType, link, Pack(body));
        _cache.Set(key, page, new MemoryCacheEntryOptions { Size = page.Body.Length + Overhead, SlidingExpiration = Forgotten });
    }

    public void Forget(PageKey key) => _cache.Remove(key);

    /// <summary>The body, decompressed while it is read: a page has some megabytes that are not needed all at once.</summary>
    public static Stream Unpack(CachedPage page) =>
        new GZipStream(new MemoryStream(page.Body, writable: false), CompressionMode.Decompress);

    public void Dispose() => _cache.Dispose();

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(body);
        return packed.ToArray();
    }
}
