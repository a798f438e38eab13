using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>Waiting for definitions of custom resources.</summary>
internal static class CustomResourceDefinitions
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Returns as soon as the server serves the objects of that definition. It must exist.</summary>
    /// <param name="client">Reads definitions.</param>
    /// <param name="name">For example <c>helmreleases.helm.toolkit.fluxcd.io</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">It is not established within three minutes, or its objects are not served.</exception>
    public static async Task WaitUntilServedAsync(Kubernetes client, string name, CancellationToken cancellationToken = default)
    {
        var spec = (await WaitUntilEstablishedAsync(client, name, cancellationToken)).Spec;
        await WaitUntilServedAsync(
            client, spec.Group, spec.Names.Plural, spec.Versions.Where(v => v.Served).Select(v => v.Name), cancellationToken);
    }

    /// <summary>The same for a definition that the client need not see: another server may have it.</summary>
    public static Task WaitUntilServedAsync(Kubernetes client, JsonObject definition, CancellationToken cancellationToken = default)
    {
        var spec = definition["spec"]!;
        var versions = spec["versions"]!.AsArray().Where(v => (bool)v!["served"]!).Select(v => (string)v!["name"]!);
        return WaitUntilServedAsync(client, (string)spec["group"]!, (string)spec["names"]!["plural"]!, versions, cancellationToken);
    }

    private static async Task WaitUntilServedAsync(
        Kubernetes client, string group, string plural, IEnumerable<string> versions, CancellationToken cancellationToken)
    {
        foreach (var version in versions)
            await WaitUntilAnsweredAsync(client, $"apis/{group}/{version}/{plural}", cancellationToken);
    }

    // A definition is Established, and the APIService of another server Available, a moment before its objects are served: till then the
    // answer is 404, 503, or 429 "storage is (re)initializing". There is nothing to watch for.
    private static async Task WaitUntilAnsweredAsync(Kubernetes client, string collection, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await client.HttpClient.GetAsync(new Uri(client.BaseUri, $"{collection}?limit=1"), cancellationToken);
            if (answer.IsSuccessStatusCode)
                return;
            var isForNow =
                answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            if (!isForNow || clock.Elapsed > Patience)
            {
                throw new InvalidOperationException(
                    $"{collection} is not served: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }

            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
        }
    }

    // Asked again and again, as above: a watch may be closed at any time.
    private static async Task<V1CustomResourceDefinition> WaitUntilEstablishedAsync(
        Kubernetes client, string name, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var definition = await client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(name, cancellationToken: cancellationToken);
            if (IsEstablished(definition))
                return definition;
            if (clock.Elapsed > Patience)
                throw new InvalidOperationException($"CustomResourceDefinition {name} was not established in time.");
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
        }
    }

    private static bool IsEstablished(V1CustomResourceDefinition definition) =>
        definition.Status?.Conditions?.Any(c => c is { Type: "Established", Status: "True" }) ?? false;
}
