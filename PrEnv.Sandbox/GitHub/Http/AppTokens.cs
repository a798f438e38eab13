using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Http;

/// <summary>
/// Believes a JWT as GitHub does: RS256, signed by the App, issued in the past, ending in at most ten minutes. See
/// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app.
/// </summary>
internal sealed class AppTokens(AppBook apps, TimeProvider time)
{
    public const string NotDecoded = "A JSON web token could not be decoded";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Has it the form of a JWT?</summary>
    public static bool IsJwt(string token) => token.StartsWith("eyJ", StringComparison.Ordinal) && token.Count(c => c == '.') == 2;

    /// <summary>The App; or GitHub's words for why it is not believed.</summary>
    public (GitHubApp? App, string? Refusal) Verify(string token)
    {
        try
        {
            var parts = token.Split('.');
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            if (header.RootElement.GetProperty("alg").GetString() != "RS256")
                return (null, NotDecoded);
            if (apps.Find(claims.RootElement.GetProperty("iss").GetString() ?? "") is not { } app)
                return (null, "Integration not found");

            using var key = RSA.Create();
            key.ImportFromPem(app.PublicKey);
            var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            if (!key.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                return (null, NotDecoded);
            return Times(claims.RootElement) is { } wrong ? (null, wrong) : (app, null);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, NotDecoded);
        }
    }

    private string? Times(JsonElement claims)
    {
        var now = time.GetUtcNow();
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("iat").GetInt64());
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());
        if (issuedAt > now)
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        if (expiresAt > now + Longest)
            return "'Expiration time' claim ('exp') is too far in the future";
        return expiresAt <= now
            ? "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
            : null;
    }
}
