using k8s;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Benchmarks.Load;

/// <summary>The resource that watches a repository, in the namespace <c>default</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Who owns the repository.</param>
/// <param name="Token">The Secret with the token.</param>
/// <param name="EnvironmentNamespace">Where the environments go.</param>
internal sealed record MeasuredResource(string Name, string Owner, string Token, string EnvironmentNamespace)
{
    /// <summary>The name of the repository; default that of the resource.</summary>
    public string Repository { get; init; } = Name;

    /// <summary>The Secret with the webhook's secret; default that with the token.</summary>
    public string WebhookSecret { get; init; } = Token;

    /// <summary>The labels, in YAML; default none.</summary>
    public string Labels { get; init; } = "{}";

    /// <summary>More lines of the spec.</summary>
    public string More { get; init; } = "";

    public Task ApplyAsync(Kubernetes client, CancellationToken cancellationToken) => Manifests.ApplyAsync(
        client,
        $"""
        apiVersion: {PREphemeralEnvController.Group}/{PREphemeralEnvController.Version}
        kind: {PREphemeralEnvController.Kind}
        metadata:
          name: {Name}
          namespace: default
          labels: {Labels}
        spec:
          githubPRRepository:
            user: {Owner}
            repo: {Repository}
            tokenSecretRef:
              name: {Token}
            webhookSecretRef:
              name: {WebhookSecret}
          envCreationHelmRepo:
            fluxSourceRepoName: infra
            helmChartPath: charts/env
            destinationNamespace: {EnvironmentNamespace}
        {More}
        """,
        cancellationToken);
}
