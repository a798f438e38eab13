using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning;

/// <summary>
/// What a version left behind that did not note the reasons of what it had reported, of one pull request, number 1. It is JSON, as it lies
/// in the cluster: objects made by today's code would have today's annotations.
/// </summary>
/// <param name="Name">What it is.</param>
/// <param name="Spec">More of the resource's spec; with a comma at its end.</param>
/// <param name="Row">Its row in the status, number and time aside.</param>
internal sealed record OlderObjects(string Name, string Spec, string Row)
{
    /// <summary>The commit that is installed.</summary>
    public const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    /// <summary>A later one.</summary>
    public const string B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private const string Group = "prcontroller.controllers.ephemeralenv.io/";

    /// <summary>The annotation <c>orders</c> of the resource; null: none.</summary>
    public string? Orders { get; init; }

    /// <summary>Flux's <c>Ready</c> condition: status, reason and message.</summary>
    public (string Status, string Reason, string Message) Flux { get; init; } = ("True", "InstallSucceeded", "Helm install succeeded");

    /// <summary>False: there is no HelmRelease.</summary>
    public bool HasRelease { get; init; } = true;

    /// <summary>The annotations <c>reported</c>, <c>deployment</c> and <c>comment</c>; null: none.</summary>
    public string? Reported { get; init; }

    /// <inheritdoc cref="Reported"/>
    public string? Deployment { get; init; }

    /// <inheritdoc cref="Reported"/>
    public string? Comment { get; init; }

    /// <summary>The annotation <c>approved-sha</c>; null: none.</summary>
    public string? Approved { get; init; }

    /// <summary>What GitHub says: of the pull request, and beside it.</summary>
    public Func<World, World> GitHub { get; init; } = world => world.Open(1, A);

    /// <summary>What a process finds that has just started.</summary>
    public World World()
    {
        var world = GitHub(Planning.World.Plain with { Resource = Resource() }).Later(TimeSpan.FromHours(2));
        return HasRelease ? world.Has(Release()) : world;
    }

    public override string ToString() => Name;

    private PREphemeralEnvController Resource()
    {
        var count = HasRelease ? 1 : 0;
        var ready = Row.Contains("\"phase\":\"Ready\"", StringComparison.Ordinal) ? 1 : 0;
        var json = JsonNode.Parse($$"""
            {
              "metadata": {
                "name": "demo", "namespace": "default", "uid": "uid-demo", "resourceVersion": "9", "generation": 1,
                "creationTimestamp": "2026-03-01T10:00:00Z", "finalizers": ["{{Group}}finalizer"], "annotations": {}
              },
              "spec": {
                {{Spec}}
                "githubPRRepository": {"user": "octo", "repo": "app"},
                "envCreationHelmRepo": {"fluxSourceRepoName": "infra", "helmChartPath": "chart", "destinationNamespace": "envs"}
              },
              "status": {
                "observedGeneration": 1,
                "conditions": [
                  {
                    "type": "Ready", "status": "True", "reason": "Ready", "message": "Every open pull request is looked after.",
                    "observedGeneration": 1, "lastTransitionTime": "2026-03-01T10:00:01Z"
                  }
                ],
                "message": "Ready",
                "openPullRequests": 1,
                "environmentsReady": {{ready}},
                "environmentsTotal": {{count}},
                "environments": [{"prNumber": 1, {{Row}}, "since": "2026-03-01T12:20:00Z"}]
              }
            }
            """)!;
        if (Orders is not null)
            json["metadata"]!["annotations"]![Group + "orders"] = Orders;
        return json.Deserialize(ResourceJson.Default.PREphemeralEnvController)!;
    }

    private HelmRelease Release()
    {
        var json = JsonNode.Parse($$"""
            {
              "metadata": {
                "name": "relpr-1", "namespace": "envs", "uid": "uid-1", "resourceVersion": "8", "generation": 1,
                "creationTimestamp": "2026-03-01T11:50:00Z",
                "labels": {
                  "app.kubernetes.io/managed-by": "prenv-controller", "{{Group}}name": "demo", "{{Group}}namespace": "default",
                  "{{Group}}pr-number": "1", "{{Group}}uid": "uid-demo"
                },
                "annotations": {
                  "{{Group}}head-sha": "{{A}}", "{{Group}}pr-url": "https://github.test/octo/app/pull/1",
                  "{{Group}}updated-at": "2026-03-01T11:50:00Z"
                }
              },
              "spec": {
                "chart": {
                  "spec": {
                    "chart": "chart", "version": "0.1.0",
                    "sourceRef": {"kind": "GitRepository", "name": "infra", "namespace": "flux-system"}
                  }
                },
                "interval": "5m", "releaseName": "relpr-1", "values": {"prNumber": 1, "prSHA": "{{A}}"}
              },
              "status": {
                "observedGeneration": {{(Flux.Status == "True" ? 1 : -1)}},
                "conditions": [
                  {
                    "type": "Ready", "status": "{{Flux.Status}}", "reason": "{{Flux.Reason}}", "message": "{{Flux.Message}}",
                    "observedGeneration": 1, "lastTransitionTime": "2026-03-01T11:51:00Z"
                  }
                ]
              }
            }
            """)!;
        (string Name, string? Value)[] annotations =
            [("approved-sha", Approved), ("reported", Reported), ("deployment", Deployment), ("comment", Comment)];
        foreach (var (name, value) in annotations)
        {
            if (value is not null)
                json["metadata"]!["annotations"]![Group + name] = value;
        }

        return json.Deserialize(ResourceJson.Default.HelmRelease)!;
    }
}
