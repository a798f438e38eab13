using System.Security.Cryptography.X509Certificates;
using k8s;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>The authorities that a cluster's certificate may come from; those of the system do not count beside them.</summary>
internal static class Authorities
{
    /// <summary>
    /// Trusts these alone, in place of the client's own check: that one accepts a certificate for any name once it is from one of them, and
    /// nothing at all when it is told of none.
    /// </summary>
    /// <param name="configuration">Of the client.</param>
    /// <param name="authorities">Null: those of the system.</param>
    public static void Trust(KubernetesClientConfiguration configuration, X509Certificate2Collection? authorities)
    {
        configuration.SslCaCerts = [];
        if (authorities is null)
            return;
        var setup = configuration.FirstMessageHandlerSetup;
        configuration.FirstMessageHandlerSetup = handler =>
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
            setup?.Invoke(handler);
        };
    }
}
