using CsCheck;

namespace PrEnv.Tests.Planning.Laws;

/// <summary>Text as a stranger writes it.</summary>
internal static class Hostile
{
    public static Gen<string> Text { get; } = Gen.OneOf(
        Gen.String,
        Gen.Char.Array[0, 40].Select(c => new string(c)),
        Gen.OneOf(
            "", ".", "..", "/", "a/../../b", "<<PR_NUMBER>>", "<<", ">>", "a\nb\r\n\tc", "\0", "\ud800", "\udc00x", "😀", "\"'`${}",
            "%2e%2e",
            "\u202e", "-", "--help",
            "https://evil.test/", "javascript:alert(1)", "feature/x", "FEATURE/X", "ünïcödé", new string('a', 10_000),
            string.Concat(Enumerable.Repeat("😀", 5_000))));
}
