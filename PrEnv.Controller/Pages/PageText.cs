using System.Globalization;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.Pages;

/// <summary>Text of others, made fit to be shown: on one line, not too long, and without characters that change how others look.</summary>
internal static class PageText
{
    // A title of GitHub has at most 256 characters, a branch 255.
    private const int MaxShort = 260;

    private const int MaxLong = 4096;

    // No phase and no status is longer.
    private const int MaxWord = 20;

    private static readonly TextCleaner SingleWord = Cleaner(MaxWord);

    private static readonly TextCleaner Short = Cleaner(MaxShort);

    private static readonly TextCleaner Long = Cleaner(MaxLong);

    /// <summary>What is usually a single word, and is never broken; null for what is empty.</summary>
    public static string? Word(string? text) => Clean(SingleWord, text);

    /// <summary>A name or a title; null for what is empty.</summary>
    public static string? Name(string? text) => Clean(Short, text);

    /// <summary>A message; null for what is empty.</summary>
    public static string? Message(string? text) => Clean(Long, text);

    /// <summary>The address, if a browser may follow it: absolute, http or https; else null.</summary>
    public static string? Link(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri.AbsoluteUri
            : null;

    /// <summary>A moment, for people anywhere.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string? Clean(TextCleaner cleaner, string? text) =>
        text is null ? null : cleaner.Clean(text).Trim() is { Length: > 0 } clean ? clean : null;

    private static TextCleaner Cleaner(int maxLength) => new(VisibleText.OnOneLine) { MaxLength = maxLength, Ellipsis = "…" };
}
