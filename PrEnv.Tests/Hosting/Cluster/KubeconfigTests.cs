using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;
using PrEnv.Core.Objects;
using PrEnv.Tests.EndToEnd;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Hosting.Cluster;

/// <summary>What a kubeconfig says, and what an API server sees of it.</summary>
[TestFixture]
internal sealed class KubeconfigTests
{
    private const string Host = "kube.internal.example";

    private TemporaryDirectory _directory = null!;
    private PrivateAuthority _authority = null!;
    private X509Certificate2 _certificate = null!;
    private RecordingApiServer _server = null!;

    [SetUp]
    public async Task SetUpAsync()
    {
        _directory = new TemporaryDirectory();
        _authority = new PrivateAuthority();
        _certificate = _authority.Issue(Host);
        _server = await RecordingApiServer.StartAsync(_certificate);
        _directory.Write("ca.crt", _authority.Pem);
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
        _directory.Dispose();
    }

    [Test]
    public async Task As_WithUidGroupsAndExtra_IsSentWithEveryRequest()
    {
        await AskAsync(
            """
            token: t, as: alice, as-uid: "7", as-groups: [dev, "system:masters"], as-user-extra: {"Scopes": [view, edit], "a/b": [c]}
            """);

        var headers = _server.Requests.Single().Headers;
        Assert.Multiple(() =>
        {
            Assert.That(headers.Authorization.ToString(), Is.EqualTo("Bearer t"));
            Assert.That(headers["Impersonate-User"].ToString(), Is.EqualTo("alice"));
            Assert.That(headers["Impersonate-Uid"].ToString(), Is.EqualTo("7"));
            Assert.That(headers["Impersonate-Group"].ToString(), Is.EqualTo("dev,system:masters").Or.EqualTo("dev, system:masters"));
            Assert.That(headers["Impersonate-Extra-scopes"].ToString(), Is.EqualTo("view,edit").Or.EqualTo("view, edit"));
            Assert.That(headers["Impersonate-Extra-a%2Fb"].ToString(), Is.EqualTo("c"));
        });
    }

    [Test]
    public async Task ProxyUrl_OfACluster_IsAskedForTheServersName()
    {
        await using var proxy = new TunnelProxy(_server.Port);
        await AskAsync("token: t", $", proxy-url: \"{proxy.Url}\"", $"https://{Host}:6443");

        Assert.That(proxy.Asked, Is.EqualTo([$"{Host}:6443"]));
        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TokenFile_RelativeToTheFile_IsReadAndWinsOverTheToken()
    {
        _directory.Write("secrets/token", "from-file\n");
        await AskAsync("tokenFile: secrets/token, token: old");

        Assert.That(_server.Requests.Single().Headers.Authorization.ToString(), Is.EqualTo("Bearer from-file"));
    }

    [Test]
    public async Task TokenFile_TokenIsRevoked_IsReadAgainForTheNextRequest()
    {
        _directory.Write("token", "one");
        using var client = Client(Resolve(_directory.Write("config", Config("tokenFile: token"))));
        await AskAsync(client);
        _directory.Write("token", "two");
        _server.Revoked = "one";

        Assert.That(() => AskAsync(client), Throws.TypeOf<ApiStatusException>().With.Property("Status").Property("Code").EqualTo(401));
        await AskAsync(client);
        Assert.That(_server.Requests.Last().Headers.Authorization.ToString(), Is.EqualTo("Bearer two"));
    }

    [Test]
    public async Task ClientCertificate_InFilesOrInside_IsShown([Values] bool inside)
    {
        var (certificate, key) = ClientPair("alice");
        _directory.Write("alice.crt", certificate);
        _directory.Write("alice.key", key);
        await AskAsync(
            inside
                ? $"client-certificate-data: {Base64(certificate)}, client-key-data: {Base64(key)}"
                // What is inside wins, each by itself.
                : $"client-certificate: alice.crt, client-key: gone.key, client-key-data: {Base64(key)}");

        Assert.That(_server.Requests.Single().Client, Is.EqualTo("CN=alice"));
    }

    [Test]
    public async Task Nobody_WithoutCredentials_IsAnonymous()
    {
        await AskAsync("");

        Assert.That(_server.Requests.Single().Headers.Authorization, Is.Empty);
    }

    [Test]
    public async Task Authorities_SeveralInOneBundle_AllCount([Values] bool inside)
    {
        using var other = new PrivateAuthority();
        var bundle = "# ours\n" + other.Pem + "\n" + _authority.Pem + "\n";
        _directory.Write("bundle.crt", bundle);
        await AskAsync(
            "token: t", authority: inside ? $", certificate-authority-data: {Base64(bundle)}" : ", certificate-authority: bundle.crt");

        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Authorities_OfAnotherOrOfTheSystem_AreNotTrusted([Values] bool another)
    {
        using var other = new PrivateAuthority();
        _directory.Write("other.crt", other.Pem);

        Assert.That(
            () => AskAsync("token: t", authority: another ? ", certificate-authority: other.crt" : ""),
            Throws.TypeOf<ApiStatusException>().With.Property("Status").Property("Code").Zero);
    }

    [Test]
    public void ServerName_OfAnother_IsNotTrusted() => Assert.That(
        () => AskAsync("token: t", tlsName: ""),
        Throws.TypeOf<ApiStatusException>().With.Property("Status").Property("Code").Zero);

    [Test]
    public async Task InsecureSkipTlsVerify_TrustsAnyone()
    {
        await AskAsync("token: t", ", insecure-skip-tls-verify: true", authority: "", tlsName: "");

        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Contexts_WhoseNamesDifferInCaseAlone_AreKeptApart()
    {
        var file = _directory.Write("config", $$"""
            current-context: prod
            contexts:
            - {name: Prod, context: {cluster: Prod, user: Prod} }
            - {name: prod, context: {cluster: prod, user: prod} }
            clusters:
            - {name: Prod, cluster: {server: "https://192.0.2.1"} }
            - {name: prod, cluster: {server: "{{_server.Url}}", tls-server-name: {{Host}}, certificate-authority: ca.crt} }
            users:
            - {name: Prod, user: {token: wrong} }
            - {name: prod, user: {token: right} }
            """);
        await SendAsync(Resolve(file));

        Assert.That(_server.Requests.Single().Headers.Authorization.ToString(), Is.EqualTo("Bearer right"));
    }

    [Test]
    public async Task Files_ThatAreMerged_KeepTheirOwnPaths()
    {
        _directory.Write("users/token", "merged");
        var clusters = _directory.Write("clusters.yaml", $$"""
            clusters:
            - {name: c, cluster: {server: "{{_server.Url}}", tls-server-name: {{Host}}, certificate-authority: ca.crt} }
            """);
        var users = _directory.Write("users/users.yaml", """
            current-context: c
            contexts: [{name: c, context: {cluster: c, user: u}}]
            users: [{name: u, user: {tokenFile: token}}]
            """);
        await SendAsync(Resolve(null, clusters + Path.PathSeparator + users));

        Assert.That(_server.Requests.Single().Headers.Authorization.ToString(), Is.EqualTo("Bearer merged"));
    }

    [TestCase("tokenFile: none", "users[a].user.tokenFile", "none")]
    [TestCase("client-certificate: none.crt, client-key: none.key", "users[a].user.client-certificate", "none.crt")]
    [TestCase("client-certificate-data: '%%%', client-key-data: c2VjcmV0", "users[a].user.client-certificate-data", "base64")]
    [TestCase("client-certificate-data: c2VjcmV0, client-key-data: c2VjcmV0", "users[a].user.client-certificate", "PEM")]
    [TestCase("client-key-data: c2VjcmV0", "users[a].user.client-certificate", "is missing")]
    [TestCase("token: s3cret, as-groups: [dev]", "users[a].user.as", "is missing")]
    [TestCase("token: s3cret, as: \"a\\nb\"", "users[a].user.as", "HTTP header")]
    [TestCase("auth-provider: {name: gcp}", "users[a].user.auth-provider", "exec")]
    [TestCase("exec: {apiVersion: v0, command: none}", "users[a].user.exec.apiVersion", "client.authentication.k8s.io/v1")]
    [TestCase("exec: {apiVersion: client.authentication.k8s.io/v1}", "users[a].user.exec.command", "is missing")]
    public void Broken_User_NamesFieldAndFileAndNoSecret(string user, string field, string why) =>
        AssertBroken(Config(user), field, why);

    [TestCase(", proxy-url: \"proxy:s3cret@:::\"", "clusters[a].cluster.proxy-url", "is not a valid URL")]
    [TestCase(", certificate-authority-data: c2VjcmV0", "clusters[a].cluster.certificate-authority", "PEM")]
    [TestCase(", certificate-authority: none.crt", "clusters[a].cluster.certificate-authority", "none.crt")]
    public void Broken_Cluster_NamesFieldAndFileAndNoSecret(string cluster, string field, string why) =>
        AssertBroken(Config("token: s3cret", cluster, authority: ""), field, why);

    [TestCase("contexts: [{name: a, context: {cluster: gone}}]", "contexts[a].context.cluster", "gone")]
    [TestCase(
        "contexts: [{name: a, context: {cluster: c, user: gone}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]",
        "contexts[a].context.user", "gone")]
    [TestCase("contexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c}]", "clusters[c].cluster", "is missing")]
    [TestCase(
        "contexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'https://u:s3cret@c'}}]",
        "clusters[c].cluster.server", "is not a valid URL")]
    public void Broken_Reference_NamesFieldAndFile(string config, string field, string why) =>
        AssertBroken("current-context: a\n" + config, field, why);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static (string Certificate, string Key) ClientPair(string name)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private void AssertBroken(string config, string field, string why)
    {
        var file = _directory.Write("config", config);

        Assert.That(
            () => Resolve(file),
            Throws.TypeOf<StartupException>().With.Message.Contains($"{field} in {file}").And.Message.Contains(why)
                .And.Message.Not.Contain("s3cret").And.Message.Not.Contain("\n"));
    }

    private Task AskAsync(
        string user, string cluster = "", string? server = null, string authority = ", certificate-authority: ca.crt",
        string tlsName = $", tls-server-name: {Host}") =>
        SendAsync(Resolve(_directory.Write("config", Config(user, cluster, server, authority, tlsName))));

    private string Config(
        string user, string cluster = "", string? server = null, string authority = ", certificate-authority: ca.crt",
        string tlsName = $", tls-server-name: {Host}") =>
        Kubeconfigs.Config("a", server ?? _server.Url, cluster: tlsName + authority + cluster, user: user.Trim());

    private static async Task SendAsync(ClusterConnection connection)
    {
        using var client = Client(connection);
        await AskAsync(client);
    }

    private static RawKubernetes Client(ClusterConnection connection) =>
        new(connection.Configuration, TimeProvider.System, [.. connection.Impersonation.Handlers()]);

    private static Task<ApiReply<bool>> AskAsync(RawKubernetes client) =>
        client.SendAsync(ApiRequest.Get("version"), (_, _) => Task.FromResult(true), CancellationToken.None);

    private ClusterConnection Resolve(string? file, string? variable = null) => ClusterResolver.Resolve(
        new ControllerOptions { Kubeconfig = file },
        new Surroundings
        {
            Variables = variable is null ? [] : new Dictionary<string, string>(StringComparer.Ordinal) { ["KUBECONFIG"] = variable },
            SettingsFile = "none",
            HomeDirectory = _directory.Path,
            IsInCluster = false,
            LogsToTerminal = false,
        });
}
