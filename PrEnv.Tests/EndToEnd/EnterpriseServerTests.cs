using PrEnv.Sandbox.GitHub;

namespace PrEnv.Tests.EndToEnd;

/// <summary>GitHub Enterprise Server: a host of its own behind a proxy, with a certificate of a private authority.</summary>
internal sealed class EnterpriseServerTests : EndToEndTest
{
    private const string Host = "ghe.internal.example";

    [Test]
    public async Task ApiUrl_BehindAProxyWithAPrivateAuthority_IsReachedByItsName()
    {
        using var authority = new PrivateAuthority();
        using var certificate = authority.Issue(Host);
        await using var enterprise = await StartAsync(certificate);
        await using var proxy = new TunnelProxy(enterprise.BaseUrl.Port);
        var file = Path.Combine(Directory.CreateTempSubdirectory("prenv-ca-").FullName, "ca.pem");
        await File.WriteAllTextAsync(file, authority.Pem);
        World.Environment["HTTPS_PROXY"] = proxy.Url.AbsoluteUri;
        World.Environment["SSL_CERT_FILE"] = file;

        World.StartController("--allowed-github-hosts", $"{World.GitHub.BaseUrl.Authority},{Host}");
        await ApplyAsync($"https://{Host}/api/v3");
        var opened = enterprise.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.UntilReleaseAsync(opened.Number, opened.HeadSha);
        await World.UntilAsync(
            () => Task.FromResult(enterprise.Statuses(EndToEndWorld.Owner, EndToEndWorld.Repository, opened.HeadSha)), s => s.Count > 0,
            "a commit status");

        Assert.That(proxy.Asked, Is.Not.Empty.And.All.EqualTo($"{Host}:443"));
        Assert.That(enterprise.Requests.Entries.Select(e => e.Target), Is.All.StartsWith("/api/v3/"));
        Assert.That(World.GitHub.Requests.Entries, Is.Empty);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Test]
    public async Task ApiUrl_AuthorityIsNotTrusted_SaysSoAndSendsNothing()
    {
        using var authority = new PrivateAuthority();
        using var certificate = authority.Issue(Host);
        await using var enterprise = await StartAsync(certificate);
        await using var proxy = new TunnelProxy(enterprise.BaseUrl.Port);
        World.Environment["HTTPS_PROXY"] = proxy.Url.AbsoluteUri;

        World.StartController("--allowed-github-hosts", $"{World.GitHub.BaseUrl.Authority},{Host}");
        await ApplyAsync($"https://{Host}/api/v3");
        var resource = await World.UntilMessageAsync("PRFetchFailed");

        Assert.That(resource!.Status!.Condition("Ready")!.Message, Does.Contain("its certificate may not be trusted"));
        Assert.That(enterprise.Requests.Entries, Is.Empty);
    }

    [Test]
    public async Task ApiUrl_HostIsNotAllowed_IsStalledAndSendsNothing()
    {
        World.StartController();
        await ApplyAsync($"https://{Host}/api/v3");
        var resource = await World.UntilMessageAsync("InvalidSpec");

        Assert.That(resource!.Status!.Condition("Ready")!.Message, Does.Contain("--allowed-github-hosts does not list"));
    }

    private static async Task<GitHubServer> StartAsync(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        var server = await GitHubServer.StartAsync(
            new GitHubServerOptions { Certificate = certificate, PublicBaseUrl = new Uri($"https://{Host}/api/v3") });
        server.CreateRepository(EndToEndWorld.Owner, EndToEndWorld.Repository, isPrivate: true);
        server.AddToken(EndToEndWorld.Token);
        server.Grant(EndToEndWorld.Token, EndToEndWorld.Owner, EndToEndWorld.Repository);
        return server;
    }

    private Task ApplyAsync(string apiUrl) => World.ApplyAsync(World.Resource().Replace(
        $"    repo: {EndToEndWorld.Repository}\n", $"    repo: {EndToEndWorld.Repository}\n    apiURL: {apiUrl}\n",
        StringComparison.Ordinal));
}
