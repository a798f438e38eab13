using System.Security.Cryptography;
using System.Text;

namespace PrEnv.Core.Texts;

/// <summary>Stands for a text, where the text itself is too long or must not be shown.</summary>
public static class Fingerprint
{
    /// <summary>The first hexadecimal digits, in lower case, of the text's SHA-256.</summary>
    /// <param name="text">Encoded as UTF-8.</param>
    /// <param name="length">How many digits, at most 64.</param>
    public static string Of(string text, int length) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..length];
}
