using System.IO.Compression;
using Microsoft.Extensions.Caching.Memory;

namespace PrEnv.Controller.GitHub.Http;

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

    /// <summary>How long GitHub's word is taken for it that a page has not changed, because a 304 may be wrong.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromHours(6);

    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(2);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = sizeLimit, TrackStatistics = true });

    /// <summary>Bytes in use.</summary>
    public long Size => _cache.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    public CachedPage? Find(PageKey key) => _cache.Get<CachedPage>(key);

    public void Store(PageKey key, string etag, string? contentType, string? link, byte[] body, DateTimeOffset now)
    {
        var page = new CachedPage(etag, contentType, link, Pack(body), now + TrustOf(key));
        _cache.Set(key, page, new MemoryCacheEntryOptions { Size = page.Body.Length + Overhead, SlidingExpiration = Forgotten });
    }

    public void Forget(PageKey key) => _cache.Remove(key);

    /// <summary>The body, decompressed while it is read: a page has some megabytes that are not needed all at once.</summary>
    public static Stream Unpack(CachedPage page) =>
        new GZipStream(new MemoryStream(page.Body, writable: false), CompressionMode.Decompress);

    public void Dispose() => _cache.Dispose();

    // What is read for the first time is read in full again a little earlier, each page at another moment: those that were read together
    // are not all due at once.
    private TimeSpan TrustOf(PageKey key) =>
        Find(key) is not null ? Trust : Trust * (1 + ((key.GetHashCode() & int.MaxValue) / (double)int.MaxValue)) / 2;

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }
}
