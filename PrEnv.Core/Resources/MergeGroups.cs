using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>
/// The merge groups that a resource knows, each in an annotation of its own: any instance may receive a delivery, and none has to read the
/// others first. They survive a restart, because GitHub delivers each only once.
/// </summary>
public static class MergeGroups
{
    /// <summary>The prefix of the annotations' names, which is followed by the first 40 digits of the commit.</summary>
    public const string Prefix = PREphemeralEnvController.Group + "/merge-group-";

    /// <summary>
    /// How long one is kept if no delivery says that it is gone. GitHub gives the required checks 6 hours at most.
    /// </summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int NameLength = 40;

    /// <summary>The annotation of a group.</summary>
    public static string NameOf(MergeGroup group) => Prefix + group.Sha[..NameLength];

    /// <summary>The annotation's value.</summary>
    /// <param name="group">The group.</param>
    /// <param name="now">When it was delivered.</param>
    public static string ValueOf(MergeGroup group, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{group.PrNumber} {group.Sha} {Timestamp.Format(now)}");

    /// <summary>The groups that a resource knows, by number of the pull request; those that are too old are left out.</summary>
    public static ImmutableArray<MergeGroup> Of(ObjectMeta resource, DateTimeOffset now) =>
        [.. All(resource).Where(entry => IsCurrent(entry, now)).Select(entry => entry.Group!).OrderBy(g => g.PrNumber)];

    /// <summary>The annotations that are too old, or not understood.</summary>
    public static ImmutableArray<string> Outdated(ObjectMeta resource, DateTimeOffset now) =>
        [.. All(resource).Where(entry => !IsCurrent(entry, now)).Select(entry => entry.Name)];

    private static bool IsCurrent((string Name, MergeGroup? Group, DateTimeOffset At) entry, DateTimeOffset now) =>
        entry.Group is not null && entry.At + Lifetime > now;

    private static IEnumerable<(string Name, MergeGroup? Group, DateTimeOffset At)> All(ObjectMeta resource) =>
        from annotation in resource.Annotations ?? ImmutableDictionary<string, string>.Empty
        where annotation.Key.StartsWith(Prefix, StringComparison.Ordinal)
        let read = Read(annotation.Value)
        select (annotation.Key, read?.Group, read?.At ?? default);

    private static (MergeGroup Group, DateTimeOffset At)? Read(string value) =>
        value.Split(' ') is [var number, var sha, var at]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var pullRequest)
        && Sha.IsCommit(sha)
        && Timestamp.Parse(at) is { } time
            ? (new MergeGroup(pullRequest, sha), time)
            : null;
}
