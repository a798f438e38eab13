namespace PrEnv.Controller.Options;

/// <summary>One option: how it is written, explained, and read.</summary>
internal sealed class OptionDefinition
{
    /// <summary>Lower case with dashes, without the leading ones.</summary>
    public required string Name { get; init; }

    /// <summary>For <c>--help</c>.</summary>
    public required string Description { get; init; }

    /// <summary>The placeholder for the value in <c>--help</c>.</summary>
    public required string ValueName { get; init; }

    /// <summary>The default as <c>--help</c> shows it.</summary>
    public required string Default { get; init; }

    /// <summary>Reads a user's text into the options.</summary>
    /// <remarks>Throws <see cref="FormatException"/> with a clause that says what is wrong and what to write.</remarks>
    public required Action<ControllerOptions, string> Assign { get; init; }

    /// <summary>What the log may show of a user's text that was read without a problem; default: all of it.</summary>
    public Func<string, string> Shown { get; init; } = static text => text;

    /// <summary>Does the bare flag mean true?</summary>
    public bool IsSwitch { get; init; }

    /// <summary><c>--name</c>.</summary>
    public string Flag => "--" + Name;

    /// <summary>The environment variable.</summary>
    public string Variable => "PRENV_" + Name.ToUpperInvariant().Replace('-', '_');

    /// <summary>The key in <c>appsettings.json</c>; compared without case, so <c>GitHubApiUrl</c> is fine.</summary>
    public string SettingsKey => Name.Replace("-", "", StringComparison.Ordinal);
}
