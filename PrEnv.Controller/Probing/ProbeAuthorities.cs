using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PrEnv.Controller.Probing;

/// <summary>Authorities that are trusted in addition to the system's. Thread-safe.</summary>
internal sealed class ProbeAuthorities
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _certificates;

    private ProbeAuthorities(X509Certificate2Collection certificates) => _certificates = certificates;

    /// <summary>Reads a PEM bundle; null if it is not one, or has no certificate.</summary>
    public static ProbeAuthorities? Parse(string pem)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return certificates.Count > 0 ? new ProbeAuthorities(certificates) : null;
    }

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        || (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 server && Issued(server, chain));

    private bool Issued(X509Certificate2 server, X509Chain? presented)
    {
        using var chain = new X509Chain { ChainPolicy = ProbeTls.Policy() };
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_certificates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(server);
    }
}
