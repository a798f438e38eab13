using System.Security.Cryptography.X509Certificates;

namespace PrEnv.Controller.Probing;

/// <summary>How the certificates of environments are checked.</summary>
internal static class ProbeTls
{
    /// <summary>
    /// Nothing is downloaded: otherwise a certificate could specify any URL from which to fetch its issuer, bypassing the guard.
    /// </summary>
    public static X509ChainPolicy Policy() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };
}
