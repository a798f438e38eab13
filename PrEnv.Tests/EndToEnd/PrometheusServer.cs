using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Tests.Deployment;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.EndToEnd;

/// <summary>A real Prometheus, which scrapes one address every second and has the project's alerts.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly HttpClient _http = new();
    private readonly Process _process;

    private PrometheusServer(string target, JsonObject rules)
    {
        var config = $$"""
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
            rule_files: [alerts.yaml]
            scrape_configs:
              - job_name: prenv
                static_configs: [{targets: ["{{target}}"]}]
            """;
        _folder.Write("alerts.yaml", rules.ToJsonString());
        var file = _folder.Write("prometheus.yaml", config);
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}");
        _http.BaseAddress = new Uri($"http://{address}/api/v1/");
        _process = Process.Start(new ProcessStartInfo(Programs.Need("prometheus"),
            [
                "--config.file", file, "--web.listen-address", address, "--storage.tsdb.path", Path.Combine(_folder.Path, "data"),
                "--log.level", "error",
            ])
        {
            UseShellExecute = false,
        })!;
    }

    /// <summary>Starts it.</summary>
    /// <param name="target">Host and port of <c>/metrics</c>.</param>
    /// <param name="rules">What a rule file has.</param>
    public static PrometheusServer Start(string target, JsonObject rules) => new(target, rules);

    /// <summary>How many series an expression has now; null while the server does not answer.</summary>
    public async Task<int?> CountAsync(string expression) =>
        (await GetAsync("query?query=" + Uri.EscapeDataString(expression)))?["result"]!.AsArray().Count;

    /// <summary>The names of the alerts that fire, in order.</summary>
    public async Task<IReadOnlyList<string>> FiringAsync()
    {
        var alerts = (await GetAsync("alerts"))?["alerts"]!.AsArray() ?? [];
        return
        [
            .. alerts.Where(alert => (string?)alert!["state"] == "firing").Select(alert => (string)alert!["labels"]!["alertname"]!)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<JsonNode?> GetAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
            var body = await answer.Content.ReadAsStringAsync();
            return answer.StatusCode == HttpStatusCode.BadRequest
                ? throw new InvalidOperationException($"Prometheus refuses {path}: {body}")
                : answer.IsSuccessStatusCode ? JsonNode.Parse(body)!["data"] : null;
        }
        catch (HttpRequestException)
        {
            // It is starting.
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // It has no way to choose a port itself.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
