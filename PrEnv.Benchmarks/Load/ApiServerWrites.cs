using System.Globalization;
using System.Text.RegularExpressions;
using k8s;

namespace PrEnv.Benchmarks.Load;

/// <summary>Counts the API server's writes by its own metrics, whoever made them.</summary>
internal static partial class ApiServerWrites
{
    /// <summary>Writes so far to the resources that PrEnv writes: its own, HelmReleases, events.</summary>
    public static async Task<long> CountAsync(Kubernetes client, CancellationToken cancellationToken)
    {
        var text = await client.HttpClient.GetStringAsync(new Uri(client.BaseUri, "/metrics"), cancellationToken);
        return text.Split('\n')
            .Where(l => l.StartsWith("apiserver_request_total{", StringComparison.Ordinal) && Written().IsMatch(l))
            .Sum(l => (long)double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(
        """^(?=.*resource="(prephemeralenvcontrollers|helmreleases|events)")(?=.*verb="(POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)")""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();
}
