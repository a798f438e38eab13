using PrEnv.Core.Objects;

namespace PrEnv.Controller.Cluster;

/// <summary>Compares what people and controllers can change in an object's metadata.</summary>
internal static class MetadataChanges
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Are deletion, finalizers, labels and annotations as they were?</summary>
    /// <param name="before">The older state.</param>
    /// <param name="now">The newer one.</param>
    /// <param name="ignores">The labels and annotations, by name, that are ignored; null: none.</param>
    public static bool AreNone(ObjectMeta before, ObjectMeta now, Func<string, bool>? ignores = null) =>
        before.DeletionTimestamp == now.DeletionTimestamp
        && (before.Finalizers ?? []).SequenceEqual(now.Finalizers ?? [], StringComparer.Ordinal)
        && Same(before.Labels ?? Nothing, now.Labels ?? Nothing, ignores)
        && Same(before.Annotations ?? Nothing, now.Annotations ?? Nothing, ignores);

    private static bool Same(
        IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other, Func<string, bool>? ignores) =>
        one.Keys.Union(other.Keys, StringComparer.Ordinal)
            .All(name => one.GetValueOrDefault(name) == other.GetValueOrDefault(name) || ignores?.Invoke(name) == true);
}
