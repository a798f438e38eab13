using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Namespaces;

/// <summary>
/// Reads and writes namespaces. Failures are results; throws only <see cref="OperationCanceledException"/> for the caller's token.
/// </summary>
internal interface INamespaceClient
{
    /// <summary>All namespaces that bear the owner's UID as a label, read from the API server.</summary>
    Task<(ImmutableArray<ClusterNamespace> Found, ApiStatus? Failure)> ListAsync(
        PREphemeralEnvController owner, CancellationToken cancellationToken);

    /// <summary>The namespace of that name; neither it nor a failure when there is none.</summary>
    Task<NamespaceResult> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a namespace, never touching one that exists: that is a conflict. Its labels and annotations are all there before this
    /// returns a success.
    /// </summary>
    Task<NamespaceResult> CreateAsync(DesiredNamespace desired, CancellationToken cancellationToken);

    /// <summary>Applies labels and annotations to exactly that object, and removes those that are no longer wanted.</summary>
    Task<NamespaceResult> ApplyAsync(DesiredNamespace desired, string uid, CancellationToken cancellationToken);

    /// <summary>Deletes exactly that object. Success if it no longer exists.</summary>
    Task<NamespaceResult> DeleteAsync(string name, string uid, CancellationToken cancellationToken);

    /// <summary>Removes what shows whose exactly that object is, and leaves the rest. Success if it no longer exists.</summary>
    Task<NamespaceResult> OrphanAsync(string name, string uid, CancellationToken cancellationToken);
}

/// <summary>The outcome of a request about one namespace.</summary>
/// <param name="Namespace">The namespace as the server has it now; null after a deletion or a failure, or if there is none.</param>
/// <param name="Failure">Why it failed; null on success.</param>
internal readonly record struct NamespaceResult(ClusterNamespace? Namespace, ApiStatus? Failure);
