using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Hosting.Kubeconfigs;

namespace PrEnv.Tests.Hosting.Cluster;

internal sealed class ClusterResolverTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Resolve_Flag_BeatsTheVariableAndTheHomeFile()
    {
        WriteHome("home");
        var variable = _directory.Write("variable.yaml", Config("variable", "https://variable.example"));
        var flag = _directory.Write("flag.yaml", Config("flag", "https://flag.example"));

        var connection = Resolve(kubeconfig: flag, variable: variable);

        Assert.That((connection.Server, connection.Context, connection.Source), Is.EqualTo(("https://flag.example", "flag", flag)));
    }

    [Test]
    public void Resolve_Variable_BeatsTheHomeFile()
    {
        WriteHome("home");

        Assert.That(
            Resolve(variable: _directory.Write("variable.yaml", Config("variable", "https://variable.example"))).Context,
            Is.EqualTo("variable"));
    }

    [TestCase(null)]
    [TestCase("")]
    public void Resolve_NeitherFlagNorVariable_TakesTheHomeFile(string? variable)
    {
        WriteHome("home");

        Assert.That(Resolve(variable: variable).Server, Is.EqualTo("https://home.example"));
    }

    [Test]
    public void Resolve_ContextInAPod_TakesAKubeconfig()
    {
        WriteHome("home");

        Assert.That(Resolve(context: "home", isInCluster: true).Context, Is.EqualTo("home"));
    }

    [Test]
    public void Resolve_ListOfFiles_MergesAsKubectlDoes()
    {
        var first = _directory.Write("first.yaml", Config("a", "https://first.example", isCurrent: false));
        var absent = Path.Combine(_directory.Path, "absent.yaml");
        var second = _directory.Write("second.yaml", Config("a", "https://second.example"));
        var third = _directory.Write("third.yaml", Config("b", "https://third.example"));
        var list = string.Join(Path.PathSeparator, first, absent, second, third);

        Assert.Multiple(() =>
        {
            Assert.That(Resolve(variable: list).Server, Is.EqualTo("https://first.example"), "the first that names a thing wins");
            Assert.That(Resolve(variable: list, context: "b").Server, Is.EqualTo("https://third.example"));
        });
    }

    [Test]
    public void Resolve_RelativePathInASecondFile_CountsFromThatFile()
    {
        var first = _directory.Write("first.yaml", Config("a", "https://first.example"));
        var second = _directory.Write("sub/second.yaml", Config("b", "https://second.example", cluster: ", certificate-authority: ca.crt"));

        Assert.That(
            () => Resolve(variable: first + Path.PathSeparator + second, context: "b"),
            Throws.TypeOf<StartupException>().With.Message.Contains(Path.Combine(_directory.Path, "sub", "ca.crt")));
    }

    [Test]
    public void Resolve_Nothing_SaysWhatToDo() => Assert.That(
        () => Resolve(),
        Throws.TypeOf<StartupException>().With.Message.EqualTo(
            $"Kubernetes: not running in a pod, KUBECONFIG is not set and {Home} does not exist. Specify a kubeconfig with --kubeconfig."));

    [Test]
    public void Resolve_FileDoesNotExist_NamesIt() => Assert.That(
        () => Resolve(kubeconfig: "/does/not/exist"),
        Throws.TypeOf<StartupException>().With.Message.EqualTo(
            "Kubernetes: /does/not/exist, specified by --kubeconfig, does not exist. Specify a kubeconfig with --kubeconfig."));

    [TestCase("", "it is empty")]
    [TestCase("\"\\udc00\\ud800\"", "it is not a valid kubeconfig")]
    [TestCase("hello", "it is not a valid kubeconfig, see line 1")]
    [TestCase("users:\n- name: [secret\n", "it is not a valid kubeconfig, see line 2")]
    public void Resolve_BrokenFile_NamesThePlaceAndQuotesNothing(string content, string why)
    {
        var file = _directory.Write("config", content);

        Assert.That(
            () => Resolve(kubeconfig: file),
            Throws.TypeOf<StartupException>().With.Message.EqualTo(
                $"Kubernetes: {file}, specified by --kubeconfig, cannot be read: {why}. Fix it, or specify another with --kubeconfig."));
    }

    [Test]
    public void Resolve_UnknownContext_ListsThoseThatThereAre()
    {
        var file = _directory.Write("config", Config("kind", "https://kind.example"));

        Assert.That(
            () => Resolve(kubeconfig: file, context: "prod"),
            Throws.TypeOf<StartupException>().With.Message.EqualTo(
                $"Kubernetes: {file} has no context 'prod'. Choose one with --context: kind."));
    }

    [Test]
    public void Resolve_NoCurrentContext_ListsThoseThatThereAre()
    {
        var file = _directory.Write("config", Config("kind", "https://kind.example", isCurrent: false));

        Assert.That(
            () => Resolve(kubeconfig: file),
            Throws.TypeOf<StartupException>().With.Message.EqualTo(
                $"Kubernetes: {file} has no current context. Choose one with --context: kind."));
    }

    [TestCase("contexts: [{name: a}]\ncurrent-context: a\n")]
    [TestCase("contexts: [{name: a, context: {cluster: gone, user: gone}}]\ncurrent-context: a\n")]
    [TestCase("contexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c}]\ncurrent-context: a\n")]
    [TestCase("contexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'ftp://c'}}]\ncurrent-context: a\n")]
    public void Resolve_IncompleteContext_IsOneLine(string content)
    {
        var file = _directory.Write("config", content);

        Assert.That(
            () => Resolve(kubeconfig: file),
            Throws.TypeOf<StartupException>().With.Message.StartWith(
                $"Kubernetes: context 'a' of {file} cannot be used: ").And.Message.Not.Contain("\n"));
    }

    private string Home => Path.Combine(_directory.Path, ".kube", "config");

    private void WriteHome(string name) => _directory.Write(".kube/config", Config(name, $"https://{name}.example"));

    private ClusterConnection Resolve(string? kubeconfig = null, string? context = null, string? variable = null, bool isInCluster = false)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (variable is not null)
            variables["KUBECONFIG"] = variable;
        var surroundings = new Surroundings
        {
            Variables = variables,
            SettingsFile = "none",
            HomeDirectory = _directory.Path,
            IsInCluster = isInCluster,
            LogsToTerminal = false,
        };
        return ClusterResolver.Resolve(new ControllerOptions { Kubeconfig = kubeconfig, Context = context }, surroundings);
    }
}
