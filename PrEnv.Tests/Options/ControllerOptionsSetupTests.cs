using Microsoft.Extensions.Configuration;
using PrEnv.Controller.Options;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Options;

internal sealed class ControllerOptionsSetupTests
{
    [Test]
    public void Configure_SameOptionEverywhere_FlagBeatsVariableBeatsSettings()
    {
        var options = Configure(
            flags: ["concurrent=1"],
            variables: ["PRENV_CONCURRENT=2", "PRENV_LOG_LEVEL=debug"],
            settings: ["Concurrent=3", "LogLevel=error", "MetricsBindAddress=:9000"]);

        Assert.Multiple(() =>
        {
            Assert.That(options.Concurrent, Is.EqualTo(1));
            Assert.That(options.LogLevel, Is.EqualTo(Microsoft.Extensions.Logging.LogLevel.Debug));
            Assert.That(options.MetricsBindAddress, Is.EqualTo(BindAddress.Any(9000)));
        });
    }

    [Test]
    public void Configure_NothingWritten_LeavesTheDefaults() => Assert.That(Configure().Concurrent, Is.EqualTo(8));

    [Test]
    public void Configure_ListInSettings_MayBeAnArray()
    {
        var options = Configure(settings: ["AllowedGitHubHosts:0=a.example", "AllowedGitHubHosts:1=b.example"]);

        Assert.That(options.AllowedGitHubHosts, Is.EqualTo(new[] { HostAndPort.Parse("a.example"), HostAndPort.Parse("b.example") }));
    }

    [Test]
    public void Configure_EmptyDenyList_DeniesNothing()
    {
        var options = Configure(flags: ["health-check-deny-cidrs="]);

        Assert.That(options.HealthCheckDenyCidrs.Contains(System.Net.IPAddress.Loopback), Is.False);
    }

    [Test]
    public void Validate_SeveralProblems_NamesEachAsItWasWritten()
    {
        var problems = Problems(
            flags: ["concurrent=many"],
            variables: ["PRENV_LOG_FORMAT=xml"],
            settings: ["LogLevel=loud", "Concurent=4"]);

        Assert.That(problems, Is.EqualTo([
            "appsettings.json: 'Concurent' is not a known option; see 'prenv --help'",
            "--concurrent: 'many' is not a whole number from 1 to 1000 (default: 8)",
            "appsettings.json: PrEnv:LogLevel: 'loud' is not a log level; use trace, debug, info, warn or error (default: info)",
            "PRENV_LOG_FORMAT: 'xml' is not a log format; use json or text (default: text on a terminal, else json)",
        ]));
    }

    [Test]
    public void Validate_VariablesOfAServiceNamedPrenv_AreNoProblem() => Assert.That(
        Problems(variables: ["PRENV_SERVICE_HOST=10.0.0.1", "PRENV_PORT_8080_TCP=tcp://10.0.0.1:8080"]), Is.Empty);

    [Test]
    public void Validate_GitHubHostNotInTheAllowedOnes_SaysSo() => Assert.That(
        Problems(flags: ["allowed-github-hosts=ghe.example.com"], variables: ["PRENV_GITHUB_API_URL=https://api.github.com"]),
        Is.EqualTo([
            "--allowed-github-hosts: api.github.com is not in the list, but is the host of PRENV_GITHUB_API_URL; add it, or use another "
            + "URL",
        ]));

    [Test]
    public void Validate_TwoEndpointsOnOneAddress_SaysSo() => Assert.That(
        Problems(flags: ["metrics-bind-address=127.0.0.1:8081"]),
        Is.EqualTo([
            "--metrics-bind-address: 127.0.0.1:8081 is already used by --health-probe-bind-address; change one of the ports, or set 0 to "
            + "disable the endpoint",
        ]));

    [Test]
    public void Validate_LeaseTimingsThatContradictEachOther_NamesTheOptions() => Assert.That(
        Problems(flags: ["leader-elect-lease-duration=10s"], variables: ["PRENV_LEADER_ELECT_RETRY_PERIOD=9s"]),
        Is.EqualTo([
            "--leader-elect-lease-duration: 10s is not longer than the renew deadline, 10s: a second leader could start before the first "
            + "gives up",
            "--leader-elect-renew-deadline: 10s is not longer than 1.2 times the retry period, 9s: one failed attempt would cost the "
            + "leadership",
        ]));

    [Test]
    public void Configure_Selector_IsReadInItsCanonicalForm() => Assert.That(
        Configure(flags: ["watch-label-selector= tier in (b, a) ,shard==1"]).WatchLabelSelector?.ToString(),
        Is.EqualTo("shard=1,tier in (a,b)"));

    [TestCase("watch-namespaces=team-a, team-b")]
    [TestCase("PRENV_WATCH_NAMESPACES=team-a,team-b")]
    [TestCase("WatchNamespaces:0=team-a", "WatchNamespaces:1=team-b")]
    public void Configure_Namespaces_AreReadFromEachSource(params string[] written)
    {
        var options = written[0].StartsWith("watch", StringComparison.Ordinal) ? Configure(flags: written)
            : written[0].StartsWith("PRENV", StringComparison.Ordinal) ? Configure(variables: written)
            : Configure(settings: written);

        Assert.That(options.WatchNamespaces, Is.EqualTo(["team-a", "team-b"]));
    }

    private static ControllerOptions Configure(
        string[]? flags = null, string[]? variables = null, string[]? settings = null)
    {
        var options = new ControllerOptions();
        new ControllerOptionsSetup(Sources(flags, variables, settings)).Configure(options);
        return options;
    }

    private static IEnumerable<string> Problems(
        string[]? flags = null, string[]? variables = null, string[]? settings = null)
    {
        var options = new ControllerOptions();
        var setup = new ControllerOptionsSetup(Sources(flags, variables, settings));
        setup.Configure(options);
        return setup.Validate(null, options).Failures ?? [];
    }

    private static OptionSources Sources(
        string[]? flags, string[]? variables, string[]? settings)
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection(Pairs(settings).Select(pair => KeyValuePair.Create("PrEnv:" + pair.Key, (string?)pair.Value)))
            .Build()
            .GetSection("PrEnv");
        return new OptionSources(Pairs(flags), Pairs(variables), section);
    }

    private static Dictionary<string, string> Pairs(string[]? pairs) =>
        (pairs ?? []).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
