using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>Why a pull request cannot get the namespace that it needs.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Message">A sentence.</param>
internal sealed record NamespaceRefusal(string Reason, string Message)
{
    /// <summary>Is it something that the author of the pull request can do something about?</summary>
    public bool IsTheAuthors => Reason is Reasons.NamespaceNotUnique or Reasons.NamespaceLabelInvalid;

    /// <summary>
    /// The refusal; null: it can get its namespace, or needs none. Before the ranking, the wishes of other pull requests do not matter.
    /// </summary>
    public static NamespaceRefusal? Of(EnvironmentInput input)
    {
        if (input.NamespaceName is not { } name || !input.Owned.IsEmpty || input.PullRequest is null)
            return null;
        var reading = input.Snapshot.Namespaces;
        if (reading.Failure is { } failure)
            return new NamespaceRefusal(Reasons.NamespaceFailed, NamespaceMessages.Unread(failure));
        if (reading.Find(name) is { } found && !input.Created.Contains(found))
        {
            return EnvironmentNamespaces.PrNumberIfCreatedBy(found, input.Snapshot.Resource) is { } other
                ? Shared(name, other)
                : new NamespaceRefusal(Reasons.NameConflict, NamespaceMessages.Taken(found, input.Snapshot.Resource.Metadata.Key));
        }

        if (input.Standing is { OwnerOfNamespace: { } owner })
            return Shared(name, owner);
        return input.DesiredNamespace is { InvalidLabels: [var (label, value), ..] }
            ? new NamespaceRefusal(Reasons.NamespaceLabelInvalid, NamespaceMessages.InvalidLabel(label, value))
            : null;
    }

    private static NamespaceRefusal Shared(string name, int other) =>
        new(Reasons.NamespaceNotUnique, NamespaceMessages.NotUnique(name, other));
}
