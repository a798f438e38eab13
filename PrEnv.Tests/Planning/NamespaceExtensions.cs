using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning;

/// <summary>Namespaces with one thing changed.</summary>
internal static class NamespaceExtensions
{
    public static ClusterNamespace Meta(this ClusterNamespace found, Func<ObjectMeta, ObjectMeta> change) =>
        found with { Metadata = change(found.Metadata) };

    /// <summary>It has been terminating for a while.</summary>
    public static ClusterNamespace Leaving(this ClusterNamespace found, int seconds = 10) =>
        found.Meta(m => m with { DeletionTimestamp = World.Noon - TimeSpan.FromSeconds(seconds) });

    /// <summary>Kubernetes reports what it waits for.</summary>
    public static ClusterNamespace Waiting(this ClusterNamespace found, string message) => found with
    {
        Status = new ClusterNamespaceStatus
        {
            Conditions =
            [
                new Condition { Type = "NamespaceDeletionContentFailure", Status = "False", Message = "All content successfully deleted" },
                new Condition { Type = "NamespaceContentRemaining", Status = "True", Reason = "SomeResourcesRemain", Message = message },
            ],
        },
    };

    public static ClusterNamespace Foreign(this ClusterNamespace found) => found.Meta(m => m with { Labels = null, Annotations = null });

    public static ClusterNamespace Labelled(this ClusterNamespace found, string name, string value) => found.Meta(m => m with
    {
        Labels = m.Labels!.ToImmutableDictionary(StringComparer.Ordinal).SetItem(name, value),
    });

    public static ClusterNamespace Annotated(this ClusterNamespace found, Dictionary<string, string> annotations) =>
        found.Meta(m => m with { Annotations = annotations });
}
