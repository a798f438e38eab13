using YamlDotNet.Serialization;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>
/// A kubeconfig. The client's own model leaves out fields that kubectl reads, and with <c>as</c> it would act with more rights than are
/// asked for. See https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/. As in every file, anything may be null.
/// </summary>
internal sealed class Kubeconfig
{
    [YamlMember(Alias = "current-context", ApplyNamingConventions = false)]
    public string? CurrentContext { get; set; }

    public List<NamedContext?>? Contexts { get; set; }

    public List<NamedCluster?>? Clusters { get; set; }

    public List<NamedUser?>? Users { get; set; }

    internal abstract class Named
    {
        public string? Name { get; set; }

        /// <summary>The file that it is from.</summary>
        [YamlIgnore]
        public string File { get; set; } = "";

        /// <summary>A path in this file, relative to it.</summary>
        public string PathOf(string path) => Path.Combine(Path.GetDirectoryName(File) ?? "", path);
    }

    internal sealed class NamedContext : Named
    {
        public ContextEntry? Context { get; set; }
    }

    internal sealed class ContextEntry
    {
        public string? Cluster { get; set; }

        public string? User { get; set; }

        public string? Namespace { get; set; }
    }

    internal sealed class NamedCluster : Named
    {
        public ClusterEntry? Cluster { get; set; }
    }

    internal sealed class ClusterEntry
    {
        public string? Server { get; set; }

        [YamlMember(Alias = "tls-server-name", ApplyNamingConventions = false)]
        public string? TlsServerName { get; set; }

        [YamlMember(Alias = "insecure-skip-tls-verify", ApplyNamingConventions = false)]
        public bool InsecureSkipTlsVerify { get; set; }

        [YamlMember(Alias = "certificate-authority", ApplyNamingConventions = false)]
        public string? CertificateAuthority { get; set; }

        [YamlMember(Alias = "certificate-authority-data", ApplyNamingConventions = false)]
        public string? CertificateAuthorityData { get; set; }

        [YamlMember(Alias = "proxy-url", ApplyNamingConventions = false)]
        public string? ProxyUrl { get; set; }

        public List<ExtensionEntry?>? Extensions { get; set; }
    }

    internal sealed class ExtensionEntry
    {
        public string? Name { get; set; }

        public object? Extension { get; set; }
    }

    internal sealed class NamedUser : Named
    {
        public UserEntry? User { get; set; }
    }

    internal sealed class UserEntry
    {
        public string? Token { get; set; }

        public string? TokenFile { get; set; }

        public string? Username { get; set; }

        public string? Password { get; set; }

        [YamlMember(Alias = "client-certificate", ApplyNamingConventions = false)]
        public string? ClientCertificate { get; set; }

        [YamlMember(Alias = "client-certificate-data", ApplyNamingConventions = false)]
        public string? ClientCertificateData { get; set; }

        [YamlMember(Alias = "client-key", ApplyNamingConventions = false)]
        public string? ClientKey { get; set; }

        [YamlMember(Alias = "client-key-data", ApplyNamingConventions = false)]
        public string? ClientKeyData { get; set; }

        [YamlMember(Alias = "as", ApplyNamingConventions = false)]
        public string? Impersonate { get; set; }

        [YamlMember(Alias = "as-uid", ApplyNamingConventions = false)]
        public string? ImpersonateUid { get; set; }

        [YamlMember(Alias = "as-groups", ApplyNamingConventions = false)]
        public List<string?>? ImpersonateGroups { get; set; }

        [YamlMember(Alias = "as-user-extra", ApplyNamingConventions = false)]
        public Dictionary<string, List<string?>?>? ImpersonateUserExtra { get; set; }

        public ExecEntry? Exec { get; set; }

        [YamlMember(Alias = "auth-provider", ApplyNamingConventions = false)]
        public AuthProviderEntry? AuthProvider { get; set; }
    }

    internal sealed class ExecEntry
    {
        public string? ApiVersion { get; set; }

        public string? Command { get; set; }

        public List<string?>? Args { get; set; }

        public List<EnvEntry?>? Env { get; set; }

        public string? InstallHint { get; set; }

        public bool ProvideClusterInfo { get; set; }

        public string? InteractiveMode { get; set; }
    }

    internal sealed class EnvEntry
    {
        public string? Name { get; set; }

        public string? Value { get; set; }
    }

    internal sealed class AuthProviderEntry
    {
        public string? Name { get; set; }

        public Dictionary<string, string?>? Config { get; set; }
    }
}
