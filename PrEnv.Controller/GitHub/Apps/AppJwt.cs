using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;

namespace PrEnv.Controller.GitHub.Apps;

/// <summary>
/// The tokens with which an App authenticates itself. See
/// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app.
/// </summary>
internal sealed class AppJwt(AppIdentity app, TimeProvider timeProvider) : ITokenSource
{
    private static readonly GitHubFault NoKey = new(
        GitHubFaultKind.CredentialRefused,
        "The App's private key in the Secret is not an RSA key in PEM format. Use the file that GitHub gave you for the App.");

    // GitHub recommends the first because clocks may differ, and rejects more than ten minutes for the second.
    private static readonly TimeSpan Backdated = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(9);

    /// <summary>A token is not used in its last minute.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>A clock that differs by less cannot be the cause of a refusal.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private readonly byte[] _header = """{"alg":"RS256","typ":"JWT"}"""u8.ToArray();
    private TimeSpan _ahead;
    private string? _token;
    private DateTimeOffset _expiresAt;

    /// <summary>Can the App sign with that key?</summary>
    public static bool IsKey(string pem)
    {
        using var key = RSA.Create();
        return TryImport(key, pem);
    }

    public ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow() + _ahead;
        if (_token is { } token && now < _expiresAt - Margin && now >= _expiresAt - ValidFor - Margin)
            return ValueTask.FromResult(token);

        var expiresAt = now + ValidFor;
        var signed = Sign(now - Backdated, expiresAt);
        (_token, _expiresAt) = (signed, expiresAt);
        return ValueTask.FromResult(signed);
    }

    /// <summary>A wrong clock here is the only cause that can be corrected: GitHub's answer contains its own time.</summary>
    public bool Refused(DateTimeOffset? date)
    {
        _token = null;
        if (date is not { } theirs)
            return false;

        var ahead = theirs - timeProvider.GetUtcNow();
        var differs = (ahead - _ahead).Duration() > Tolerance;
        if (differs)
            _ahead = ahead;
        return differs;
    }

    private string Sign(DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        using var key = RSA.Create();
        if (!TryImport(key, app.PrivateKey))
            throw new GitHubFaultException(NoKey);

        var claims = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"iat":{{issuedAt.ToUnixTimeSeconds()}},"exp":{{expiresAt.ToUnixTimeSeconds()}},"iss":"{{JsonEncodedText.Encode(app.AppId)}}"}""");
        var signed = $"{Base64Url.EncodeToString(_header)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static bool TryImport(RSA key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);

            // A public key is PEM too.
            return key.ExportParameters(includePrivateParameters: true).D is not null;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
