using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Deployment;

/// <summary>The alerts, and the expressions of the dashboard.</summary>
internal static partial class Alerts
{
    public const string File = "manifests/components/prometheus-rule/prometheus-rule.yaml";

    public const string Dashboard = "dashboards/prenv.json";

    /// <summary>The PrometheusRule.</summary>
    public static JsonObject Rule => RepositoryFiles.Yaml(File).Single();

    /// <summary>The alerts of a PrometheusRule.</summary>
    public static IReadOnlyList<JsonObject> Of(JsonObject rule) =>
        [.. rule["spec"]!["groups"]!.AsArray().SelectMany(g => g!["rules"]!.AsArray()).Select(r => r!.AsObject())];

    /// <summary>The expressions of the dashboard's panels, by title, with Grafana's variables filled in.</summary>
    public static IReadOnlyList<(string Panel, string Expression)> Panels() =>
    [
        .. JsonNode.Parse(RepositoryFiles.Text(Dashboard))!["panels"]!.AsArray()
            .Where(panel => panel!["targets"] is not null)
            .SelectMany(panel => panel!["targets"]!.AsArray()
                .Select(target => ((string)panel["title"]!, Filled((string)target!["expr"]!)))),
    ];

    // An interval, or a list that is to match everything.
    private static string Filled(string expression) =>
        Variable().Replace(expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal), ".*");

    [GeneratedRegex("[$][a-z_]+", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
