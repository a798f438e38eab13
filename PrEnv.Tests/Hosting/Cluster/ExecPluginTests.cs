using System.Runtime.Versioning;
using k8s.Exceptions;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Hosting.Cluster;

[TestFixture]
[Platform("Unix,Linux,MacOsX")]
[UnsupportedOSPlatform("windows")]
internal sealed class ExecPluginTests
{
    private const string Version = "client.authentication.k8s.io/v1";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public async Task Get_RelativeCommandWithArgumentsAndVariables_GivesThemAsTheyAre()
    {
        Script("bin/plugin", """
            echo "warning: s3cret" >&2
            printf '%s' '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'"$1|$2|$GREETING"'"}}'
            """);
        var plugin = Plugin("./bin/plugin", ["two words", "$HOME"], ("GREETING", "hello world"));

        Assert.That((await plugin.GetAuthenticationHeaderAsync(default)).ToString(), Is.EqualTo("Bearer two words|$HOME|hello world"));
    }

    [Test]
    public async Task Get_BareName_IsFoundByPath() => Assert.That(
        (await Plugin("printf", ["""{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"by-path"}}"""])
            .GetAsync(default)).Token,
        Is.EqualTo("by-path"));

    [Test]
    public async Task Get_BareName_IsNotTakenFromTheFilesFolder()
    {
        Script("prenv-plugin-of-nobody", Answer("\"token\":\"wrong\""));

        await Assert.ThatAsync(() => Plugin("prenv-plugin-of-nobody").GetAsync(default), Throws.TypeOf<KubeConfigException>());
    }

    [Test]
    public async Task Get_TokenThatEnds_IsAskedForAgainJustBefore()
    {
        var answer = Answer("\"token\":\"t\",\"expirationTimestamp\":\"2026-03-01T13:00:00Z\"");
        Script("plugin", "echo x >> \"$(dirname \"$0\")/calls\"\n" + answer);
        var plugin = Plugin("./plugin");

        await plugin.GetAsync(default);
        _time.Advance(TimeSpan.FromMinutes(59));
        await plugin.GetAsync(default);
        Assert.That(Calls, Is.EqualTo(1));
        _time.Advance(TimeSpan.FromSeconds(50));
        await plugin.GetAsync(default);
        Assert.That(Calls, Is.EqualTo(2));
    }

    [Test]
    public async Task Reject_TheTokenThatIsKept_RunsTheProgramAgain()
    {
        Script("plugin", "echo x >> \"$(dirname \"$0\")/calls\"\n" + Answer("\"token\":\"t\""));
        var plugin = Plugin("./plugin");

        await plugin.GetAsync(default);
        plugin.Reject("an older one");
        await plugin.GetAsync(default);
        Assert.That(Calls, Is.EqualTo(1));
        plugin.Reject("t");
        await plugin.GetAsync(default);
        Assert.That(Calls, Is.EqualTo(2));
    }

    [Test]
    public async Task Get_WithClusterInfo_TellsThePluginOfTheCluster()
    {
        Script("plugin", "printf '%s' \"$KUBERNETES_EXEC_INFO\" > \"$(dirname \"$0\")/info\"\n" + Answer("\"token\":\"t\""));
        _directory.Write("ca.crt", "pem");

        await Plugin("./plugin").GetAsync(default);
        Assert.That(Info, Is.EqualTo(
            $$$"""{"kind":"ExecCredential","apiVersion":"{{{Version}}}","spec":{"interactive":false}}"""));

        await new ExecPlugin(
            new Kubeconfig.ExecEntry { ApiVersion = Version, Command = "./plugin", ProvideClusterInfo = true }, User(), Cluster(), _time)
            .GetAsync(default);
        Assert.That(Info, Does.Contain(
            """
            "cluster":{"server":"https://kube","tls-server-name":"name","certificate-authority-data":"cGVt","config":{"audience":"a","n":7}}
            """.Trim()));
    }

    [Test]
    public async Task Get_PluginThatMustAskSomebody_NamesTheField() => await Assert.ThatAsync(
        () => new ExecPlugin(
            new Kubeconfig.ExecEntry { ApiVersion = Version, Command = "printf", InteractiveMode = "Always" }, User(), Cluster(), _time)
            .GetAsync(default),
        Throws.TypeOf<KubeConfigException>().With.Message.Contains("users[a].user.exec.interactiveMode"));

    [Test]
    public async Task Get_CertificateAlone_IsGiven()
    {
        Script("plugin", Answer("\"clientCertificateData\":\"c\",\"clientKeyData\":\"k\""));
        var credential = await Plugin("./plugin").GetAsync(default);

        Assert.That((credential.Token, credential.Certificate, credential.Key), Is.EqualTo(((string?)null, "c", "k")));
    }

    [TestCase("echo s3cret; echo s3cret >&2; exit 3", "ended with exit code 3")]
    [TestCase("echo s3cret", "does not answer with an ExecCredential")]
    [TestCase("echo '[]'", "does not answer with an ExecCredential")]
    [TestCase("""echo '{"apiVersion":"client.authentication.k8s.io/v1"}'""", "does not answer with an ExecCredential")]
    [TestCase("""echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":7}}'""", "does not answer with an ExecCredential")]
    [TestCase("""echo '{"apiVersion":"v9","status":{"token":"s3cret"}}'""", "answers in another apiVersion")]
    [TestCase("""echo '{"apiVersion":"client.authentication.k8s.io/v1","status":{}}'""", "gives neither a token nor a certificate")]
    public async Task Get_PluginThatFails_NamesItAndQuotesNothing(string script, string why)
    {
        Script("plugin", script);

        await Assert.ThatAsync(
            () => Plugin("./plugin").GetAsync(default),
            Throws.TypeOf<KubeConfigException>().With.Message.Contains(why).And.Message.Contains("users[a].user.exec in ")
                .And.Message.Not.Contain("s3cret"));
    }

    [Test]
    public async Task Get_PluginThatDoesNotExist_GivesTheHint() => await Assert.ThatAsync(
        () => Plugin("./none", "Install it.").GetAsync(default),
        Throws.TypeOf<KubeConfigException>().With.Message.Contains("cannot be started: Install it."));

    private string Info => File.ReadAllText(Path.Combine(_directory.Path, "info"));

    private int Calls => File.ReadAllLines(Path.Combine(_directory.Path, "calls")).Length;

    private static string Answer(string status) =>
        "printf '%s' '{\"apiVersion\":\"" + Version + "\",\"status\":{" + status + "}}'";

    private void Script(string name, string script)
    {
        var file = _directory.Write(name, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private ExecPlugin Plugin(string command, List<string?>? args = null, params (string Name, string Value)[] env) =>
        Plugin(command, null, args, env);

    private ExecPlugin Plugin(string command, string? hint, List<string?>? args = null, params (string Name, string Value)[] env) => new(
        new Kubeconfig.ExecEntry
        {
            ApiVersion = Version,
            Command = command,
            Args = args,
            Env = [.. env.Select(e => new Kubeconfig.EnvEntry { Name = e.Name, Value = e.Value })],
            InstallHint = hint,
        },
        User(), Cluster(), _time);

    private Kubeconfig.NamedUser User() => new() { Name = "a", File = Path.Combine(_directory.Path, "config") };

    // Through the file, as numbers are read there.
    private Kubeconfig.NamedCluster Cluster() => KubeconfigFiles.Load(
        [
            _directory.Write(
                "config",
                """
                clusters:
                - name: c
                  cluster:
                    server: https://kube
                    tls-server-name: name
                    certificate-authority: ca.crt
                    extensions:
                    - name: other
                      extension: 1
                    - name: client.authentication.k8s.io/exec
                      extension: {audience: a, n: 7}
                """),
        ],
        "the test").Clusters!.Single()!;
}
