using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>The custom resource, as a user writes it. Every field may be missing here: a server may lack our schema's defaults.</summary>
public sealed record PREphemeralEnvController : IClusterObject
{
    /// <summary>API group.</summary>
    public const string Group = "prcontroller.controllers.ephemeralenv.io";

    /// <summary>API version.</summary>
    public const string Version = "v1alpha1";

    /// <summary>Kind.</summary>
    public const string Kind = "PREphemeralEnvController";

    /// <summary>Plural, as in URLs.</summary>
    public const string Plural = "prephemeralenvcontrollers";

    /// <summary>Keeps the resource until its environments are gone.</summary>
    public const string Finalizer = Group + "/finalizer";

    /// <summary>Asks for a reconcile now, by any changed value.</summary>
    public const string ReconcileRequestAnnotation = "reconcile.fluxcd.io/requestedAt";

    /// <summary>The effects of commands in comments, as JSON of <see cref="CommandEffects"/>.</summary>
    public const string CommandEffectsAnnotation = Group + "/orders";

    /// <summary>Annotation, written before the resource creates its first namespace: there may be some to be looked for.</summary>
    public const string NamespacesAnnotation = Group + "/namespaces";

    /// <summary>The value of <see cref="NamespacesAnnotation"/>.</summary>
    public const string HasNamespaces = "true";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>The desired state; empty if it is missing or null, which the predecessor's schema allows.</summary>
    public PREphemeralEnvControllerSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>The observed state; null before the first reconcile.</summary>
    public PREphemeralEnvControllerStatus? Status { get; init; }
}
