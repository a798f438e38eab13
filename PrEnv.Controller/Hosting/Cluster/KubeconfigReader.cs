using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;
using PrEnv.Controller.Http;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>Makes of one context of a kubeconfig what kubectl makes of it. Messages name field and file, and quote no value.</summary>
internal static class KubeconfigReader
{
    /// <summary>How the context's cluster is reached, and as whom.</summary>
    /// <exception cref="KubeConfigException">An entry is missing or not valid.</exception>
    public static (KubernetesClientConfiguration Configuration, Impersonation Impersonation) Read(
        Kubeconfig config, Kubeconfig.NamedContext context, TimeProvider time)
    {
        var reference = context.Context?.Cluster is { Length: > 0 } name
            ? name
            : throw Problem(context, "contexts", "context.cluster", "is missing");
        var cluster = config.Clusters?.FirstOrDefault(c => c!.Name == reference)
            ?? throw Problem(context, "contexts", "context.cluster", $"refers to a cluster that does not exist, {reference}");
        if (cluster.Cluster is not { } endpoint)
            throw Problem(cluster, "clusters", "cluster", "is missing");
        var configuration = new KubernetesClientConfiguration
        {
            Host = HostOf(cluster, endpoint),
            Namespace = context.Context.Namespace,
            SkipTlsVerify = endpoint.InsecureSkipTlsVerify,
            // Null: those of the system.
            SslCaCerts = AuthoritiesOf(cluster, endpoint),
            TlsServerName = endpoint.TlsServerName is { Length: > 0 } server ? server : null,
        };
        if (ProxyOf(cluster, endpoint) is { } proxy)
            configuration.FirstMessageHandlerSetup = handler => handler.Proxy = ProxyAddress.Always(proxy);
        return (configuration, AddUser(config, context, cluster, configuration, time));
    }

    private static string HostOf(Kubeconfig.NamedCluster cluster, Kubeconfig.ClusterEntry endpoint)
    {
        if (string.IsNullOrWhiteSpace(endpoint.Server))
            throw Problem(cluster, "clusters", "cluster.server", "is missing");
        // kubectl takes a bare host for http.
        var text = endpoint.Server.Contains("://", StringComparison.Ordinal) ? endpoint.Server : "http://" + endpoint.Server;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0)
            throw Problem(cluster, "clusters", "cluster.server", "is not a valid URL");
        // Where a server listens on every address, it is this machine.
        return IPAddress.TryParse(url.Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(url) { Host = address.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]" }.Uri.ToString()
            : text;
    }

    private static Uri? ProxyOf(Kubeconfig.NamedCluster cluster, Kubeconfig.ClusterEntry endpoint)
    {
        if (string.IsNullOrEmpty(endpoint.ProxyUrl))
            return null;
        return endpoint.ProxyUrl.Contains("://", StringComparison.Ordinal) && ProxyAddress.Parse(endpoint.ProxyUrl) is { } proxy
            ? proxy
            : throw Problem(cluster, "clusters", "cluster.proxy-url", "is not a valid URL of an http, https or socks5 proxy");
    }

    private static X509Certificate2Collection? AuthoritiesOf(Kubeconfig.NamedCluster cluster, Kubeconfig.ClusterEntry endpoint)
    {
        const string Field = "cluster.certificate-authority";
        if (Content(cluster, "clusters", Field, endpoint.CertificateAuthorityData, endpoint.CertificateAuthority) is not { } bytes)
            return null;
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(Encoding.UTF8.GetString(bytes));
        }
        catch (CryptographicException)
        {
            all.Clear();
        }

        return all.Count > 0 ? all : throw Problem(cluster, "clusters", Field, "holds no certificate in PEM");
    }

    private static Impersonation AddUser(
        Kubeconfig config, Kubeconfig.NamedContext context, Kubeconfig.NamedCluster cluster,
        KubernetesClientConfiguration configuration, TimeProvider time)
    {
        if (context.Context!.User is not { Length: > 0 } reference)
            return Impersonation.None;
        var user = config.Users?.FirstOrDefault(u => u!.Name == reference)
            ?? throw Problem(context, "contexts", "context.user", $"refers to a user that does not exist, {reference}");
        if (user.User is not { } entry)
            return Impersonation.None;
        AddCertificate(
            user, configuration, Content(user, "users", "user.client-certificate", entry.ClientCertificateData, entry.ClientCertificate),
            Content(user, "users", "user.client-key", entry.ClientKeyData, entry.ClientKey));
        if (entry.TokenFile is { Length: > 0 } file)
        {
            // Read once now, so that a wrong path is reported at the start.
            _ = Content(user, "users", "user.tokenFile", null, file);
            configuration.TokenProvider = new TokenFile(user.PathOf(file), time);
        }
        else if (!string.IsNullOrEmpty(entry.Token))
        {
            configuration.AccessToken = entry.Token;
        }
        else if (!string.IsNullOrEmpty(entry.Username))
        {
            (configuration.Username, configuration.Password) = (entry.Username, entry.Password ?? "");
        }
        else if (entry.Exec is { } exec)
        {
            AddPlugin(user, new ExecPlugin(exec, user, cluster, time), configuration);
        }
        else if (entry.AuthProvider is { } provider)
        {
            configuration.TokenProvider = ProviderOf(user, provider);
        }

        return ImpersonationOf(user, entry);
    }

    private static void AddCertificate(
        Kubeconfig.NamedUser user, KubernetesClientConfiguration configuration, byte[]? certificate, byte[]? key)
    {
        if (certificate is null && key is null)
            return;
        if (certificate is null || key is null)
        {
            throw Problem(
                user, "users", certificate is null ? "user.client-certificate" : "user.client-key",
                "is missing, although the other is there");
        }

        try
        {
            using var pair = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate), Encoding.UTF8.GetString(key));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Problem(user, "users", "user.client-certificate", "and client-key are not a certificate and its key in PEM");
        }

        configuration.ClientCertificateData = Convert.ToBase64String(certificate);
        configuration.ClientCertificateKeyData = Convert.ToBase64String(key);
    }

    private static void AddPlugin(
        Kubeconfig.NamedUser user, ExecPlugin plugin, KubernetesClientConfiguration configuration)
    {
        var credential = plugin.Run();
        if (credential.Token is not null)
            configuration.TokenProvider = plugin;
        if (credential.Certificate is { } certificate)
            AddCertificate(user, configuration, Encoding.UTF8.GetBytes(certificate), Encoding.UTF8.GetBytes(credential.Key ?? ""));
    }

    // The only one that kubectl still has.
    private static OidcTokenProvider ProviderOf(Kubeconfig.NamedUser user, Kubeconfig.AuthProviderEntry provider)
    {
        var config = provider.Config ?? [];
        if (provider.Name != "oidc" || Value("id-token") is not { } token || Value("client-id") is not { } client
            || Value("idp-issuer-url") is not { } issuer)
        {
            throw Problem(user, "users", "user.auth-provider", "is not a complete oidc provider; use a credential plugin (exec)");
        }

        return new OidcTokenProvider(client, Value("client-secret"), issuer, token, Value("refresh-token"));

        string? Value(string name) => config.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    private static Impersonation ImpersonationOf(Kubeconfig.NamedUser user, Kubeconfig.UserEntry entry)
    {
        var impersonation = new Impersonation(
            entry.Impersonate is { Length: > 0 } name ? name : null,
            entry.ImpersonateUid is { Length: > 0 } uid ? uid : null,
            [.. (entry.ImpersonateGroups ?? []).Select(g => g ?? "")],
            [
                .. (entry.ImpersonateUserExtra ?? []).SelectMany(
                    e => (e.Value ?? []).Select(v => KeyValuePair.Create(e.Key, v ?? ""))),
            ]);
        if (impersonation.User is null)
        {
            return impersonation.Uid is null && impersonation.Groups.Count == 0 && impersonation.Extra.Count == 0
                ? Impersonation.None
                : throw Problem(user, "users", "user.as", "is missing, although as-uid, as-groups or as-user-extra is there");
        }

        try
        {
            using var probe = new HttpRequestMessage();
            impersonation.AddTo(probe.Headers);
            return impersonation;
        }
        catch (FormatException)
        {
            throw Problem(user, "users", "user.as", "or one of as-uid, as-groups and as-user-extra is not valid in an HTTP header");
        }
    }

    // As in kubectl, what is written into the kubeconfig wins over a file.
    private static byte[]? Content(Kubeconfig.Named entry, string list, string field, string? data, string? path)
    {
        if (!string.IsNullOrEmpty(data))
        {
            try
            {
                return Convert.FromBase64String(data);
            }
            catch (FormatException)
            {
                throw Problem(entry, list, field + "-data", "is not valid base64");
            }
        }

        if (string.IsNullOrEmpty(path))
            return null;
        try
        {
            return File.ReadAllBytes(entry.PathOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Problem(entry, list, field, OneLine.Of(e));
        }
    }

    private static KubeConfigException Problem(Kubeconfig.Named entry, string list, string field, string why) =>
        new($"{list}[{entry.Name}].{field} in {entry.File}: {why}");
}
