using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Memory;

/// <summary>
/// Checks the spec of a resource once for each of its generations: each check compiles the regular expressions, and what they were found
/// to say of titles and branches is kept with them. Thread-safe.
/// </summary>
/// <param name="settings">The settings with which specs are checked.</param>
/// <param name="time">The clock.</param>
internal sealed class CheckedSpecs(ControllerSettings settings, TimeProvider time)
{
    // A resource that was deleted is forgotten by that; others are checked once more.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);

    private readonly ExpiringMap<ResourceKey, Entry> _entries = new(time, Lifetime, capacity: 10_000);

    /// <summary>The checked spec, or what is wrong with it.</summary>
    public SpecReading Of(PREphemeralEnvController resource)
    {
        var (uid, generation) = (resource.Metadata.Uid, resource.Metadata.Generation);
        // An object that no API server has stored has neither.
        if (uid.Length == 0 || generation == 0)
            return SpecReader.Read(resource, settings);
        var key = resource.Metadata.Key;
        if (_entries.TryGet(key, out var entry) && entry.Uid == uid && entry.Generation == generation)
            return entry.Reading;
        var reading = SpecReader.Read(resource, settings);
        _entries.Set(key, new Entry(uid, generation, reading));
        return reading;
    }

    private sealed record Entry(string Uid, long Generation, SpecReading Reading);
}
