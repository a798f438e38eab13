using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>The certificate that the API server is shown, with its key.</summary>
internal static class ClientCertificate
{
    /// <summary>As the configuration says, in it or in files; null without one.</summary>
    public static X509Certificate2? Of(KubernetesClientConfiguration configuration)
    {
        var certificate = Pem(configuration.ClientCertificateData, configuration.ClientCertificateFilePath);
        var key = Pem(configuration.ClientCertificateKeyData, configuration.ClientKeyFilePath);
        if (certificate is null || key is null)
            return null;
        var pair = X509Certificate2.CreateFromPem(certificate, key);
        if (!OperatingSystem.IsWindows())
            return pair;
        // TLS there does not take a key that is in memory alone.
        using (pair)
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
    }

    private static string? Pem(string? data, string? file)
    {
        if (!string.IsNullOrEmpty(data))
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        return string.IsNullOrEmpty(file) ? null : File.ReadAllText(file);
    }
}
