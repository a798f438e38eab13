using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>What is said of environments' namespaces.</summary>
internal static class NamespaceMessages
{
    private const string Rights =
        "spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.";

    // So long a namespace may be on its way before it is worth saying what holds it up.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public static string Unread(ApiStatus failure) => $"The namespaces could not be listed: {Cause(failure)}";

    /// <summary>Why a request about namespaces failed; a sentence that continues after a colon.</summary>
    public static string Cause(ApiStatus failure) => failure switch
    {
        { IsUnreachable: true } => "the API server could not be reached.",
        { Code: 403 } => $"the API server denied the request: {Text.Sentence(failure.Message)} {Rights}",
        { IsConflict: true } => "a namespace of that name exists, and this resource did not create it for this pull request.",
        _ => Text.Excerpt(failure.Message),
    };

    /// <param name="found">The namespace.</param>
    /// <param name="resource">The resource that wants it.</param>
    public static string Taken(ClusterNamespace found, ResourceKey resource)
    {
        var owner = EnvironmentNamespaces.OwnerOf(found);
        return $"Namespace {found.Metadata.Name} "
            + (owner is { } other && other != resource ? $"belongs to {other}." : "exists and was not created by this resource.")
            + " Choose another spec.namespace.template, or remove that namespace.";
    }

    public static string NotUnique(string name, int other) =>
        $"Namespace {name} belongs to the environment of PR {other}. Use <<PR_NUMBER>> in spec.namespace.template.";

    public static string InvalidLabel(string label, string value) =>
        $"spec.namespace.labels.{Text.Excerpt(label)} becomes \"{Text.Excerpt(value, 80)}\", which is not a valid label value. "
        + "Use a slug, or an annotation instead.";

    public static string Unrecognised(string name) =>
        $"An admission policy of the cluster overrides the labels or annotations of namespace {name} by which the controller recognises "
        + "it. Exempt it from that policy, then delete it: it will be created again.";

    public static string NotOrphaned(string name) =>
        $"An admission policy of the cluster restores the controller's labels of namespace {name} whenever they are removed. "
        + "Exempt it from that policy.";

    /// <summary>What is left of an environment whose HelmRelease is gone.</summary>
    public static string Deleting(ClusterNamespace found, DateTimeOffset now) =>
        $"Namespace {found.Metadata.Name} is being deleted.{Obstacle(found, now)}";

    public static string WaitingForDeletion(ClusterNamespace found, DateTimeOffset now) =>
        $"Namespace {found.Metadata.Name} of the previous environment is still being deleted; a new one will then be created."
        + Obstacle(found, now);

    /// <summary>A running environment is losing its namespace.</summary>
    public static string Lost(ClusterNamespace found, DateTimeOffset now) =>
        $"Its namespace {found.Metadata.Name} is being deleted; it will be created again.{Obstacle(found, now)}";

    public static string NotConfirmed(int number, string name) =>
        $"GitHub's listing does not contain PR {number}, and GitHub could not confirm that it is closed. "
        + $"Its namespace stays; if you no longer need it, run: kubectl delete namespace {name}";

    public static string DeletingAll(int namespaces) =>
        $"{(namespaces == 1 ? "1 namespace is" : $"{namespaces} namespaces are")} being deleted.";

    public static string Orphaning(int namespaces) =>
        $"deletionPolicy is Orphan: {(namespaces == 1 ? "1 namespace stays" : $"{namespaces} namespaces stay")}.";

    // Kubernetes says in conditions what it waits for.
    private static string Obstacle(ClusterNamespace found, DateTimeOffset now) =>
        found.Metadata.DeletionTimestamp is { } since && now - since >= Grace
            && found.Status?.Conditions?.Where(c => c is { IsTrue: true }).MaxBy(c => c.Type, StringComparer.Ordinal) is { } obstacle
            ? $" Kubernetes reports: {Text.Sentence(obstacle.Message)}"
            : "";
}
