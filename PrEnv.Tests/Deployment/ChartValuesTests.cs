using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PrEnv.Controller.Options;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Deployment;

/// <summary>The chart's values: what they may be, and what becomes of them.</summary>
public sealed partial class ChartValuesTests
{
    private static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["kubeconfig"] = "\"/etc/prenv/kubeconfig\"",
        ["context"] = "\"other\"",
        ["watchNamespaces"] = """["team-a","team-b"]""",
        ["watchLabelSelector"] = "\"shard in (a,b)\"",
        ["concurrent"] = "16",
        ["leaderElect"] = "true",
        ["leaderElectNamespace"] = "\"leases\"",
        ["leaderElectLeaseDuration"] = "\"30s\"",
        ["leaderElectRenewDeadline"] = "\"20s\"",
        ["leaderElectRetryPeriod"] = "\"1.5s\"",
        ["githubApiUrl"] = "\"https://ghe.example.com/api/v3\"",
        ["allowedGithubHosts"] = """["ghe.example.com","ghe.example.com:8443"]""",
        ["githubWritesPerMinute"] = "100000",
        ["noCrossNamespaceRefs"] = "false",
        ["defaultServiceAccount"] = "\"flux.applier\"",
        ["healthCheckDenyCidrs"] = """["10.0.0.0/8","fd00::/8","::1"]""",
        ["healthCheckProxy"] = "\"http://proxy.example.com:3128\"",
        ["metricsBindAddress"] = "\":9090\"",
        ["metricsAuth"] = "true",
        ["healthProbeBindAddress"] = "\"[::1]:9091\"",
        ["webhookBindAddress"] = "0",
        ["uiBindAddress"] = "\":9082\"",
        ["logLevel"] = "\"debug\"",
        ["logFormat"] = "\"text\"",
    };

    private static JsonObject SchemaOfOptions => Chart.Schema["properties"]!["options"]!["properties"]!.AsObject();

    [Test]
    public async Task Lint_Strict_FindsNothing()
    {
        var result = await Programs.RunAsync("helm", ["lint", "--strict", Chart.Folder]);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
    }

    [Test]
    public void Versions_AreThoseOfTheAssemblies()
    {
        var chart = RepositoryFiles.Yaml(Chart.Path + "/Chart.yaml").Single();
        var version = typeof(PREphemeralEnvController).Assembly.GetName().Version!.ToString(3);

        Assert.That((string?)chart["version"], Is.EqualTo(version));
        Assert.That((string?)chart["appVersion"], Is.EqualTo(version));
    }

    // A chart contains only what is in its own folder.
    [Test]
    public void Definition_IsACopy() =>
        Assert.That(
            RepositoryFiles.Text($"{Chart.Path}/files/{Chart.Definition}"), Is.EqualTo(RepositoryFiles.Text($"crds/{Chart.Definition}")),
            "run `make chart`");

    [TestCase("manifests/components/prometheus-rule/prometheus-rule.yaml")]
    [TestCase("dashboards/prenv.json")]
    public void AlertsAndDashboard_AreCopies(string file) =>
        Assert.That(
            RepositoryFiles.Text($"{Chart.Path}/files/{Path.GetFileName(file)}"), Is.EqualTo(RepositoryFiles.Text(file)),
            "run `make chart`");

    [Test]
    public async Task Runbooks_OfTheValue_AreWhereEachAlertLinksTo()
    {
        const string Elsewhere = "https://example.com/runbooks";
        var rendered = await Chart.RenderAsync("--set", $"prometheusRule.enabled=true,prometheusRule.runbooks={Elsewhere}");
        var rule = rendered.Single(o => (string?)o["kind"] == "PrometheusRule");

        var links = Alerts.Of(rule).Select(alert => (string?)alert["annotations"]!["runbook_url"]);

        Assert.That(links, Is.Not.Empty.And.All.StartWith(Elsewhere + "#prenv"));
    }

    [Test]
    public void Options_AreThoseOfTheController() =>
        Assert.That(
            SchemaOfOptions.Select(o => Capital().Replace(o.Key, m => "-" + m.Value.ToLowerInvariant())),
            Is.EquivalentTo(OptionTable.All.Select(o => o.Name)));

    [Test]
    public async Task Options_OfEveryKind_BecomeFlagsThatTheControllerTakes()
    {
        Assert.That(Samples.Keys, Is.EquivalentTo(SchemaOfOptions.Select(o => o.Key)));
        var json = string.Join(',', Samples.Select(s => $"\"{s.Key}\":{s.Value}"));

        var flags = (await ContainerAsync("--set-json", $"options={{{json}}}"))["args"]!.AsArray().Select(a => (string)a!).ToList();

        Assert.That(flags[0], Is.EqualTo("run"));
        var values = flags.Skip(1).Select(f => f.Split('=', 2)).ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
        Assert.That(values.Keys, Is.EquivalentTo(OptionTable.All.Select(o => o.Flag)));
        Assert.Multiple(() =>
        {
            foreach (var option in OptionTable.All)
                Assert.That(() => option.Assign(new ControllerOptions(), values[option.Flag]), Throws.Nothing, option.Name);
            Assert.That(values["--watch-namespaces"], Is.EqualTo("team-a,team-b"));
            Assert.That(values["--github-writes-per-minute"], Is.EqualTo("100000"));
            Assert.That(values["--webhook-bind-address"], Is.EqualTo("0"));
        });
    }

    [Test]
    public async Task Options_EmptyList_IsSaid()
    {
        var container = await ContainerAsync("--set-json", """options={"healthCheckDenyCidrs":[]}""");

        Assert.That(container["args"]!.ToJsonString(), Is.EqualTo("""["run","--health-check-deny-cidrs="]"""));
    }

    [Test]
    public async Task BindAddresses_DecidePortsServicesAndProbes()
    {
        var rendered = await Chart.RenderAsync(
            "--set", "options.metricsBindAddress=:9090,options.healthProbeBindAddress=0,options.webhookBindAddress=0,"
                + "options.uiBindAddress=0");
        var container = Container(rendered);

        Assert.That(container["ports"]!.ToJsonString(), Is.EqualTo("""[{"name":"metrics","containerPort":9090,"protocol":"TCP"}]"""));
        Assert.That(container["livenessProbe"], Is.Null);
        var services = rendered.Where(o => (string?)o["kind"] == "Service").ToList();
        Assert.That(services.Select(o => (string?)o["metadata"]!["name"]), Is.EqualTo(["prenv-controller-metrics"]));
        Assert.That((long?)services[0]["spec"]!["ports"]![0]!["port"], Is.EqualTo(9090));
    }

    [Test]
    public async Task NamedSecrets_AreTheOnlyOnes()
    {
        var rendered = await Chart.RenderAsync(
            "--set", "rbac.secrets.all=false,rbac.secrets.named[0].namespace=default,rbac.secrets.named[0].names={tokensecret}");
        var rules = rendered.Where(o => o["rules"] is JsonArray && o.ToJsonString().Contains("\"secrets\"", StringComparison.Ordinal))
            .ToList();

        Assert.That(rules.Select(o => $"{o["kind"]} {o["metadata"]!["namespace"]}"), Is.EqualTo(["Role default"]));
        Assert.That(
            rules[0]["rules"]!.ToJsonString(),
            Is.EqualTo("""[{"apiGroups":[""],"resources":["secrets"],"resourceNames":["tokensecret"],"verbs":["get"]}]"""));
        Assert.That(rendered.Any(o => (string?)o["kind"] == "RoleBinding" && (string?)o["metadata"]!["namespace"] == "default"), Is.True);
    }

    // What the schema alone says is of no use to who reads values.yaml, and the other way round.
    [Test]
    public void Values_AndSchema_HaveTheSameKeys()
    {
        var values = RepositoryFiles.Yaml(Chart.Path + "/values.yaml").Single();

        Assert.That(Keys(values, Chart.Schema), Is.EquivalentTo(KeysOfSchema(Chart.Schema)));
    }

    [Test]
    public void Schema_IsStrictAndDescribed()
    {
        var objects = Properties("", Chart.Schema).ToList();

        Assert.Multiple(() =>
        {
            foreach (var (path, schema) in objects)
            {
                Assert.That((string?)schema["description"], Does.EndWith("."), path);
                if (schema["properties"] is not null)
                    Assert.That((bool?)schema["additionalProperties"], Is.False, path);
            }
        });
    }

    // The wording of the schema's refusals is Helm's; that of the last three is the chart's.
    [TestCase("replica=3", "replica")]
    [TestCase("replicas=two", "replicas")]
    [TestCase("options.loglevel=debug", "loglevel")]
    [TestCase("options.logLevel=loud", "logLevel")]
    [TestCase("options.concurrent=0", "concurrent")]
    [TestCase("options.watchNamespaces=team-a", "watchNamespaces")]
    [TestCase("options.watchNamespaces={Team_A}", "watchNamespaces")]
    [TestCase("options.healthCheckProxy=http://u:p@proxy:1", "healthCheckProxy")]
    [TestCase("options.metricsBindAddress=8080", "metricsBindAddress")]
    [TestCase("image.digest=latest", "digest")]
    [TestCase("ingress.enabled=true", "host")]
    [TestCase("rbac.secrets.named[0].namespace=default", "names")]
    [TestCase("options.leaderElect=false", "replicas must be 0 or 1 if options.leaderElect is false")]
    [TestCase("podMonitor.enabled=true,options.metricsBindAddress=0", "need the metrics, which options.metricsBindAddress disables.")]
    [TestCase(
        "ingress.enabled=true,ingress.host=a.example.com,options.webhookBindAddress=0",
        "ingress.enabled needs the webhook endpoint, which options.webhookBindAddress disables.")]
    public async Task WrongValue_IsRefusedInASentence(string values, string sentence)
    {
        var result = await Chart.TemplateAsync("--set", values);

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Error, Does.Contain(sentence));
    }

    private static async Task<JsonObject> ContainerAsync(params IEnumerable<string> arguments) =>
        Container(await Chart.RenderAsync(arguments));

    private static JsonObject Container(IEnumerable<JsonObject> rendered) =>
        rendered.Single(o => (string?)o["kind"] == "Deployment")["spec"]!["template"]!["spec"]!["containers"]!.AsArray()
            .Single()!.AsObject();

    private static IEnumerable<(string Path, JsonObject Schema)> Properties(string path, JsonObject schema) =>
        (schema["properties"]?.AsObject() ?? []).Where(p => p.Value is JsonObject)
            .SelectMany(p => Properties($"{path}/{p.Key}", p.Value!.AsObject()).Prepend(($"{path}/{p.Key}", p.Value!.AsObject())));

    // Options are set by none, and everything that is not an object with known keys is a value.
    private static IEnumerable<string> KeysOfSchema(JsonObject schema) =>
        schema["properties"]!.AsObject().Where(p => p.Key != "global")
            .SelectMany(p => p.Key != "options" && p.Value!["properties"] is not null && Nested(p.Value.AsObject())
                ? KeysOfSchema(p.Value.AsObject()).Select(k => $"{p.Key}.{k}")
                : [p.Key]);

    private static IEnumerable<string> Keys(JsonObject values, JsonObject schema) =>
        values.SelectMany(v => v.Key != "options" && schema["properties"]![v.Key] is JsonObject known && known["properties"] is not null
            && Nested(known)
                ? Keys(v.Value!.AsObject(), known).Select(k => $"{v.Key}.{k}")
                : (IEnumerable<string>)[v.Key]);

    // The container's resources are Kubernetes' own.
    private static bool Nested(JsonObject schema) => schema["properties"]!["requests"] is null;

    [GeneratedRegex("[A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex Capital();
}
