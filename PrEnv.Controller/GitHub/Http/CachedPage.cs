namespace PrEnv.Controller.GitHub.Http;

/// <summary>An answer that GitHub may confirm with 304.</summary>
/// <param name="ETag">As it was sent.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Link">The pages around it; a 304 need not repeat them.</param>
/// <param name="Body">Compressed.</param>
/// <param name="TrustedUntil">Until when GitHub may confirm it.</param>
internal sealed record CachedPage(string ETag, string? ContentType, string? Link, byte[] Body, DateTimeOffset TrustedUntil)
{
    private Reading? _read;

    /// <summary>
    /// The result of <paramref name="parse"/>, so that a page which is confirmed repeatedly is decompressed and parsed only once. Only the
    /// same delegate instance counts as the same way to read it. The value must be immutable: it is shared.
    /// </summary>
    public T Read<T>(Func<Stream, T> parse)
    {
        if (_read is { } known && ReferenceEquals(known.Parse, parse))
            return (T)known.Value;
        using var body = PageCache.Unpack(this);
        var value = parse(body);
        _read = value is null ? null : new Reading(parse, value);
        return value;
    }

    private sealed record Reading(Delegate Parse, object Value);
}
