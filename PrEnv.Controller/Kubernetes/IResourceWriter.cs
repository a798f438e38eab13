using PrEnv.Core.Planning;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes;

/// <summary>Writes to the custom resource itself. Throws <see cref="Core.Informers.ApiStatusException"/>.</summary>
internal interface IResourceWriter
{
    /// <summary>Adds or removes the finalizer; the version that was read is the precondition. Returns the object as it is now, or null when it is gone.</summary>
    Task<PREphemeralEnvController?> SetFinalizerAsync(PREphemeralEnvController resource, bool present, CancellationToken cancellationToken);

    /// <summary>Sets an annotation, or removes it when the value is null, on exactly that object. Returns the object as it is now, or null when it is gone.</summary>
    Task<PREphemeralEnvController?> SetAnnotationAsync(
        PREphemeralEnvController resource, string name, string? value, CancellationToken cancellationToken);

    /// <summary>Replaces the status in one pure status patch. Returns the object as it is now, or null when it is gone.</summary>
    Task<PREphemeralEnvController?> PatchStatusAsync(
        PREphemeralEnvController resource, PREphemeralEnvControllerStatus status, CancellationToken cancellationToken);
}

/// <summary>Publishes events. Never throws: an event that cannot be written is logged.</summary>
internal interface IEventPublisher
{
    /// <summary>Publishes one event on the resource; a repetition of a recent one becomes its series.</summary>
    Task PublishAsync(PREphemeralEnvController resource, PlannedEvent planned, CancellationToken cancellationToken);
}

/// <summary>Reads Secrets, one at a time, never a list.</summary>
internal interface ISecretReader
{
    /// <summary>
    /// The value of one key, trimmed; or a sentence that says what is missing and how to mend it. Throws
    /// <see cref="Core.Informers.ApiStatusException"/> when the API server does not say.
    /// </summary>
    Task<SecretReading> ReadAsync(string @namespace, string name, string key, CancellationToken cancellationToken);

    /// <summary>
    /// The values of several keys of one Secret, by one request, trimmed; those of <paramref name="optional"/> keys only where there are
    /// any. Or a sentence, and exceptions, as above.
    /// </summary>
    Task<SecretValues> ReadAsync(
        string @namespace, string name, IReadOnlyList<string> required, IReadOnlyList<string> optional, CancellationToken cancellationToken);
}

/// <summary>Either values by key or why there are none.</summary>
internal readonly record struct SecretValues(IReadOnlyDictionary<string, string>? Values, string? Problem)
{
    /// <summary>Never the values.</summary>
    public override string ToString() => Problem ?? "***";
}

/// <summary>Either a value or why there is none.</summary>
internal readonly record struct SecretReading(string? Value, string? Problem)
{
    /// <summary>Never the value.</summary>
    public override string ToString() => Problem ?? "***";
}
