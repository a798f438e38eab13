using k8s;
using k8s.Models;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>Waiting for definitions of custom resources.</summary>
internal static class CustomResourceDefinitions
{
    /// <summary>Returns as soon as the server serves the objects of that definition. It must exist.</summary>
    /// <param name="client">Reads and watches definitions.</param>
    /// <param name="name">For example <c>helmreleases.helm.toolkit.fluxcd.io</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">The server ended the watch first.</exception>
    public static async Task WaitUntilEstablishedAsync(IKubernetes client, string name, CancellationToken cancellationToken = default)
    {
        // A watch without a version begins with the present state.
        var changes = client.ApiextensionsV1.WatchListCustomResourceDefinitionAsync(
            fieldSelector: $"metadata.name={name}", timeoutSeconds: 60, cancellationToken: cancellationToken);
        await foreach (var (_, definition) in changes)
        {
            if (IsEstablished(definition))
            {
                return;
            }
        }

        throw new InvalidOperationException($"CustomResourceDefinition {name} was not established in time.");
    }

    private static bool IsEstablished(V1CustomResourceDefinition definition) =>
        definition.Status?.Conditions?.Any(c => c is { Type: "Established", Status: "True" }) ?? false;
}
