using System.Security.Cryptography.X509Certificates;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>What a server's certificate must come from.</summary>
internal static class ChainPolicies
{
    /// <summary>From one of these authorities; those of the system do not count beside them.</summary>
    public static X509ChainPolicy For(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
