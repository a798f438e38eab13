using System.Text.RegularExpressions;
using PrEnv.Tests.Docs;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Deployment;

/// <summary>The alerts by the word of Prometheus' own tool. In EndToEnd/MonitoringTests they meet a live controller.</summary>
internal sealed partial class AlertTests
{
    private const string Cases = "PrEnv.Tests/Deployment/alerts.promtool.yaml";

    private static IEnumerable<string> Names => Alerts.Of(Alerts.Rule).Select(alert => (string)alert["alert"]!);

    [TestCase("check")]
    [TestCase("test")]
    public async Task Rules_BeforePromtool_Pass(string verb)
    {
        using var folder = new TemporaryDirectory();
        var rules = folder.Write("alerts.yaml", Alerts.Rule["spec"]!.ToJsonString());
        var cases = folder.Write("cases.yaml", RepositoryFiles.Text(Cases));

        var result = await Programs.RunAsync("promtool", [verb, "rules", verb == "check" ? rules : cases]);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
    }

    [Test]
    public void Alerts_EachFireOnceAndAreSilentOnce()
    {
        var cases = RepositoryFiles.Yaml(Cases).Single()["tests"]!.AsArray()
            .SelectMany(test => test!["alert_rule_test"]!.AsArray())
            .ToLookup(test => (string)test!["alertname"]!, test => test!["exp_alerts"]!.AsArray().Count > 0, StringComparer.Ordinal);

        Assert.That(cases.Select(c => c.Key), Is.EquivalentTo(Names));
        Assert.That(cases.Where(c => c.Distinct().Count() != 2).Select(c => c.Key), Is.Empty);
    }

    [Test]
    public void Alerts_EachHaveTheirRunbook()
    {
        var sections = RepositoryFiles.Text("docs/runbooks.md").Split('\n')
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);

        Assert.That(sections, Is.EqualTo(Names));
        Assert.Multiple(() =>
        {
            foreach (var alert in Alerts.Of(Alerts.Rule))
            {
                Assert.That(
                    (string?)alert["annotations"]!["runbook_url"],
                    Is.EqualTo("docs/runbooks.md#" + ((string)alert["alert"]!).ToLowerInvariant()));
                Assert.That((string?)alert["labels"]!["audience"], Is.AnyOf("operator", "team"));
            }
        });
    }

    // A series that is renamed would leave a panel empty and an alert silent for ever.
    [Test]
    public void Metrics_ThatAreAskedFor_AreThoseOfTheReference()
    {
        var known = Reference.Table("| metric |").SelectMany(row => Reference.Code(row[0])).ToHashSet(StringComparer.Ordinal);
        var asked = Alerts.Of(Alerts.Rule).Select(alert => (string)alert["expr"]!).Concat(Alerts.Panels().Select(p => p.Expression))
            .SelectMany(expression => Metric().Matches(expression).Select(m => m.Groups["name"].Value));

        Assert.That(asked.Where(name => !known.Contains(name)).Distinct(StringComparer.Ordinal), Is.Empty);
    }

    [GeneratedRegex(
        @"\b(?<name>(prenv|workqueue|controller_runtime|leader_election|process)_[a-z_]+?)(_bucket|_count|_sum)?\b",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();
}
