using System.Text.Json;

namespace PrEnv.Core.Resources;

/// <summary><c>spec.sleep</c>.</summary>
public sealed record Sleep
{
    /// <summary>
    /// An object that is merged over the release's values while an environment is asleep; its texts may have placeholders.
    /// </summary>
    public JsonElement? Values { get; init; }

    /// <summary>Go duration; null: none falls asleep for idleness.</summary>
    public string? IdleTimeout { get; init; }

    /// <summary>When environments are awake; null: always.</summary>
    public AwakeHours? Awake { get; init; }

    /// <summary>A pull request with one of these labels never sleeps; default: none.</summary>
    public IReadOnlyList<string?>? KeepLabels { get; init; }
}

/// <summary><c>spec.sleep.awake</c>.</summary>
public sealed record AwakeHours
{
    /// <summary>Three letters each, <c>Mon</c> to <c>Sun</c>; default: all.</summary>
    public IReadOnlyList<string?>? Days { get; init; }

    /// <summary>Hours and minutes, such as <c>07:00</c>.</summary>
    public string? From { get; init; }

    /// <summary>The same, up to <c>24:00</c>; if it is before <see cref="From"/>, it is of the next day.</summary>
    public string? To { get; init; }

    /// <summary>Name in the IANA database; default <c>UTC</c>.</summary>
    public string? TimeZone { get; init; }
}
