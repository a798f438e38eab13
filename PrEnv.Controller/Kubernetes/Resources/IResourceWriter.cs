using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Resources;

/// <summary>Writes to the custom resource itself. Throws <see cref="Core.Objects.ApiStatusException"/>.</summary>
internal interface IResourceWriter
{
    /// <summary>
    /// Adds or removes the finalizer; the version that was read is the precondition. Returns the object as it is now, or null when it is
    /// gone.
    /// </summary>
    Task<PREphemeralEnvController?> SetFinalizerAsync(PREphemeralEnvController resource, bool present, CancellationToken cancellationToken);

    /// <summary>
    /// Sets an annotation, or removes it when the value is null, on exactly that object. Returns the object as it is now, or null when it
    /// is gone.
    /// </summary>
    Task<PREphemeralEnvController?> SetAnnotationAsync(
        PREphemeralEnvController resource, string name, string? value, CancellationToken cancellationToken);

    /// <summary>The same for several annotations at once.</summary>
    Task<PREphemeralEnvController?> SetAnnotationsAsync(
        PREphemeralEnvController resource, IReadOnlyDictionary<string, string?> annotations, CancellationToken cancellationToken);

    /// <summary>Replaces the status in one pure status patch. Returns the object as it is now, or null when it is gone.</summary>
    Task<PREphemeralEnvController?> PatchStatusAsync(
        PREphemeralEnvController resource, PREphemeralEnvControllerStatus status, CancellationToken cancellationToken);
}
