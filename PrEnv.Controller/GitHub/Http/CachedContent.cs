using System.Net;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>The body of a page that GitHub confirmed, as it is kept: compressed.</summary>
internal sealed class CachedContent : HttpContent
{
    private const string Encoding = "gzip";

    private readonly CachedPage _page;

    public CachedContent(CachedPage page)
    {
        _page = page;
        Headers.ContentEncoding.Add(Encoding);
        Headers.TryAddWithoutValidation("Content-Type", page.ContentType);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new CachedBody(_page));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_page.Body).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _page.Body.Length;
        return true;
    }
}

/// <summary>The page itself, because it also has what was parsed from it before. See <see cref="CachedPage.Read"/>.</summary>
internal sealed class CachedBody(CachedPage page) : MemoryStream(page.Body, writable: false)
{
    public CachedPage Page => page;
}
