using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Fuzz;

/// <summary>Kubeconfigs: JSON is YAML, and what is broken is told in one line without a secret.</summary>
[TestFixture]
[Category("Fuzz")]
internal sealed class KubeconfigFuzzTests
{
    [Test]
    public async Task Kubeconfig_OfAnyText_IsReadOrAStartupException()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("token", Fuzzer.Secret);
        var file = Path.Combine(directory.Path, "config");
        await Fuzzer.Run(Sample(), (text, _) =>
        {
            File.WriteAllBytes(file, text);
            try
            {
                ClusterResolver.Resolve(
                    new ControllerOptions { Kubeconfig = file },
                    new Surroundings
                    {
                        Variables = new Dictionary<string, string>(StringComparer.Ordinal),
                        SettingsFile = "none",
                        HomeDirectory = directory.Path,
                        IsInCluster = false,
                        LogsToTerminal = false,
                    });
            }
            catch (StartupException e)
            {
                Fuzzer.AssertQuiet(e.Message);
                if (e.Message.Contains('\n'))
                    throw new InvalidOperationException("The message has two lines: " + e.Message, e);
            }
        });
    }

    private static string Sample()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=fuzz", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));
        var (pem, secret) = (Base64(certificate.ExportCertificatePem()), Base64(key.ExportPkcs8PrivateKeyPem()));
        return $$"""
            {
              "apiVersion": "v1", "kind": "Config", "current-context": "a", "preferences": {},
              "contexts": [ { "name": "a", "context": { "cluster": "c", "user": "u", "namespace": "n" } } ],
              "clusters": [
                {
                  "name": "c",
                  "cluster": {
                    "server": "https://kube.test:6443", "tls-server-name": "kube", "insecure-skip-tls-verify": false,
                    "certificate-authority-data": "{{pem}}", "proxy-url": "http://user:{{Fuzzer.Secret}}@proxy.test:3128"
                  }
                }
              ],
              "users": [
                {
                  "name": "u",
                  "user": {
                    "token": "{{Fuzzer.Secret}}", "tokenFile": "token", "username": "me", "password": "{{Fuzzer.Secret}}",
                    "client-certificate-data": "{{pem}}", "client-key-data": "{{secret}}", "as": "alice", "as-uid": "7",
                    "as-groups": [ "dev" ], "as-user-extra": { "scopes": [ "view" ] },
                    "auth-provider": { "name": "oidc", "config": { "id-token": "{{Fuzzer.Secret}}" } }
                  }
                }
              ]
            }
            """;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
