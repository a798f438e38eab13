using System.Collections.Immutable;
using PrEnv.Controller.Kubernetes.Namespaces;
using PrEnv.Controller.Memory;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Reading;

/// <summary>
/// Reads the namespaces that a resource has created, for resources that use them. They are not watched: a list serves for a minute, or for
/// a moment while something is on its way.
/// </summary>
internal sealed class NamespaceReadings(INamespaceClient namespaces, TimeProvider time)
{
    /// <summary>How long a reading serves while nothing is being deleted.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LifetimeOfUnrest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LifetimeOfFailure = TimeSpan.FromSeconds(15);

    /// <summary>The namespaces of a resource; nothing without a request when it has none and asks for none.</summary>
    public async Task<NamespaceReading> ReadAsync(Snapshot snapshot, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var isWanted = snapshot.Spec.Spec?.Namespace is not null && snapshot.Resource.Metadata.DeletionTimestamp is null;
        if (!isWanted && !snapshot.MayHaveNamespaces)
            return NamespaceReading.None;
        var known = memory.Namespaces;
        if (known.Last is { } last && time.GetElapsedTime(last.At) < LifetimeOf(last.Reading))
            return last.Reading;
        var (found, failure) = await namespaces.ListAsync(snapshot.Resource, cancellationToken);
        if (failure is null)
            known.Keep(found);
        var reading = new NamespaceReading { Found = found, Failure = failure, Overridden = known.Overridden.ToImmutableDictionary() };
        known.Last = (reading, time.GetTimestamp());
        return reading;
    }

    /// <summary>The same with those that were asked for by name.</summary>
    public async Task<NamespaceReading> FindAsync(
        NamespaceReading reading, ImmutableArray<string> names, ResourceMemory memory, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            if (!memory.Namespaces.Others.TryGetValue(name, out var known) || time.GetElapsedTime(known.At) >= Lifetime)
            {
                var result = await namespaces.FindAsync(name, cancellationToken);
                if (result.Failure is { } failure)
                    return reading with { Failure = failure };
                memory.Namespaces.Others[name] = known = (result.Namespace, time.GetTimestamp());
            }

            if (known.Found is { } found && reading.Find(name) is null)
                reading = reading with { Found = reading.Found.Add(found) };
        }

        return reading;
    }

    private static TimeSpan LifetimeOf(NamespaceReading reading) =>
        reading.Failure is not null ? LifetimeOfFailure : reading.Found.Any(n => n.IsTerminating) ? LifetimeOfUnrest : Lifetime;
}
