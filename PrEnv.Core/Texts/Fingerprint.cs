using System.Security.Cryptography;
using System.Text;

namespace PrEnv.Core.Texts;

/// <summary>A short name for a text. Names and annotations in the cluster hold fingerprints: what this returns must never change.</summary>
public static class Fingerprint
{
    /// <summary>The first digits of the SHA-256 of the text's UTF-8, hexadecimal in lower case.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="length">How many digits, up to 64. Ten distinguish a few thousand texts, sixteen any number that a cluster can
    /// hold.</param>
    public static string Of(string text, int length) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..length];
}
