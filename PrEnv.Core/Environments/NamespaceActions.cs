using System.Collections.Immutable;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>What is to be done with the namespaces of a pull request. Pure.</summary>
internal static class NamespaceActions
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(1);

    /// <summary>For an environment that is to stay: creates its namespace, or corrects one that the resource has created.</summary>
    public static IEnumerable<PlannedAction> Ensure(EnvironmentInput input)
    {
        var reading = input.Snapshot.Namespaces;
        if (reading.Failure is not null || input.DesiredNamespace is not { } desired)
            yield break;
        if (reading.Find(desired.Name) is not { } found)
        {
            // Two releases were given one namespace by hand.
            if (input.Standing is { OwnerOfNamespace: not null })
                yield break;
            yield return new PlannedAction.CreateNamespace(input.PrNumber, input.Name, desired);
            yield break;
        }

        // What has no template any more stays as it is.
        if (input.Spec.Namespace is null || !input.Created.Contains(found) || found.IsTerminating || !desired.InvalidLabels.IsEmpty)
            yield break;
        var drift = EnvironmentNamespaces.Drift(desired, found);
        if (!drift.IsEmpty && reading.Overridden.GetValueOrDefault(found.Metadata.Uid) != desired.Fingerprint)
        {
            yield return new PlannedAction.UpdateNamespace(
                input.PrNumber, input.Name, desired, found.Metadata.Uid, string.Join(", ", drift));
        }
    }

    /// <summary>Deletes those that are not already being deleted.</summary>
    public static ImmutableArray<PlannedAction> Deletions(
        int prNumber, ResourceKey release, IEnumerable<ClusterNamespace> namespaces) =>
    [
        .. namespaces.Where(n => !n.IsTerminating)
            .Select(n => new PlannedAction.DeleteNamespace(prNumber, release, n.Metadata.Name, n.Metadata.Uid)),
    ];

    /// <summary>When to look again at one that is being deleted; no event tells when it is gone. Ever more rarely.</summary>
    public static DateTimeOffset CheckAgainAt(ClusterNamespace leaving, DateTimeOffset now)
    {
        var wait = leaving.Metadata.DeletionTimestamp is { } since ? (now - since) / 2 : TimeSpan.Zero;
        return now + (wait < Soonest ? Soonest : wait > Latest ? Latest : wait);
    }

    /// <summary>The same decision, which also tells that a running environment is losing its namespace.</summary>
    public static EnvironmentDecision WithLoss(EnvironmentInput input, EnvironmentDecision decision)
    {
        var own = input.Created.FirstOrDefault(n => n.Metadata.Name == input.NamespaceName);
        if (input.Current is not { Metadata.DeletionTimestamp: null } || own is not { IsTerminating: true } lost)
            return decision;
        var now = input.Snapshot.Now;
        var next = CheckAgainAt(lost, now);
        return decision with
        {
            Message = $"{decision.Message} {NamespaceMessages.Lost(lost, now)}",
            CheckAgainAt = decision.CheckAgainAt < next ? decision.CheckAgainAt : next,
        };
    }
}
