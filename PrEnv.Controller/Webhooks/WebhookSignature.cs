using System.Security.Cryptography;
using System.Text;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// GitHub's signature of a delivery: <c>sha256=</c> and the HMAC-SHA256 of the raw body in lower-case hexadecimal digits. See
/// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>The header that contains it.</summary>
    public const string Header = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    /// <summary>Was the body signed with that secret? Takes the same time for every wrong answer.</summary>
    public static bool IsValid(ReadOnlySpan<byte> body, string? signature, string secret)
    {
        if (signature is null || !signature.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var digits = signature.AsSpan(Prefix.Length);
        if (digits.Length != 2 * given.Length || Convert.FromHexString(digits, given, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, right);
        return CryptographicOperations.FixedTimeEquals(given, right);
    }
}
