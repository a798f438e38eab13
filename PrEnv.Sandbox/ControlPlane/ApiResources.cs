using System.Net;
using System.Text.Json.Nodes;
using k8s;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>Asks the server under which URL it serves a kind.</summary>
internal sealed class ApiResources(Kubernetes client)
{
    // A definition that was just established appears in discovery a moment later.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<(string ApiVersion, string Kind), (string Plural, bool Namespaced)> _known = [];

    /// <summary>The collection's URL, relative to the server's.</summary>
    /// <param name="apiVersion">For example <c>v1</c> or <c>helm.toolkit.fluxcd.io/v2</c>.</param>
    /// <param name="kind">For example <c>HelmRelease</c>.</param>
    /// <param name="ns">Where a namespaced object lives; null means <c>default</c>. Ignored for others.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">The server does not serve that kind.</exception>
    public async Task<string> CollectionUrlAsync(string apiVersion, string kind, string? ns, CancellationToken cancellationToken)
    {
        var root = apiVersion.Contains('/', StringComparison.Ordinal) ? $"apis/{apiVersion}" : $"api/{apiVersion}";
        if (!_known.TryGetValue((apiVersion, kind), out var resource))
        {
            resource = await WaitForAsync(root, kind, cancellationToken);
            _known[(apiVersion, kind)] = resource;
        }

        return resource.Namespaced ? $"{root}/namespaces/{ns ?? "default"}/{resource.Plural}" : $"{root}/{resource.Plural}";
    }

    private async Task<(string Plural, bool Namespaced)> WaitForAsync(string root, string kind, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            if (await FindAsync(root, kind, cancellationToken) is { } found)
                return found;

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        throw new InvalidOperationException($"The server does not serve {kind} in {root}; check that its CustomResourceDefinition is installed.");
    }

    private async Task<(string Plural, bool Namespaced)?> FindAsync(string root, string kind, CancellationToken cancellationToken)
    {
        using var response = await client.HttpClient.GetAsync(new Uri(client.BaseUri, root), cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
            return null;

        var list = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return list!["resources"]!.AsArray()
            .Where(r => (string?)r!["kind"] == kind && !((string)r["name"]!).Contains('/', StringComparison.Ordinal))
            .Select(r => ((string, bool)?)((string)r!["name"]!, (bool)r["namespaced"]!))
            .FirstOrDefault();
    }
}
