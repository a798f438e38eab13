using System.Collections.Immutable;

namespace PrEnv.Controller.Options;

/// <summary>
/// Where options come from: flags before environment variables before the section <c>PrEnv</c> of <c>appsettings.json</c>. Immutable.
/// </summary>
/// <param name="Flags">By <see cref="OptionDefinition.Name"/>.</param>
/// <param name="Variables">The environment.</param>
/// <param name="Settings">The section.</param>
internal sealed record OptionSources(
    IReadOnlyDictionary<string, string> Flags, IReadOnlyDictionary<string, string> Variables, IConfiguration Settings)
{
    /// <summary>The options that are set, each with the value of the source that takes precedence, in the table's order.</summary>
    public ImmutableArray<WrittenOption> Written { get; } = [
        .. OptionTable.All.Select(option => Find(option, Flags, Variables, Settings)).OfType<WrittenOption>()];

    /// <summary>
    /// Keys in the settings that are not options. Unknown variables are ignored: the kubelet creates some for a Service named
    /// <c>prenv</c>.
    /// </summary>
    public IEnumerable<string> UnknownSettings() => Settings.GetChildren()
        .Select(child => child.Key)
        .Where(key => !OptionTable.All.Any(option => option.SettingsKey.Equals(key, StringComparison.OrdinalIgnoreCase)));

    /// <summary>How the user wrote that option; as a flag when they did not.</summary>
    public string OriginOf(string name) => Written.FirstOrDefault(written => written.Option.Name == name)?.Origin ?? "--" + name;

    private static WrittenOption? Find(
        OptionDefinition option, IReadOnlyDictionary<string, string> flags, IReadOnlyDictionary<string, string> variables,
        IConfiguration settings)
    {
        if (flags.TryGetValue(option.Name, out var flag))
            return new WrittenOption(option, flag, option.Flag);
        if (variables.TryGetValue(option.Variable, out var variable))
            return new WrittenOption(option, variable, option.Variable);

        // The child and not GetSection(key): its path is in the spelling of the file.
        var section = settings.GetChildren().FirstOrDefault(
            child => child.Key.Equals(option.SettingsKey, StringComparison.OrdinalIgnoreCase));
        if (section is null)
            return null;
        var items = section.GetChildren().Select(child => child.Value).ToArray();
        return new WrittenOption(
            option, items.Length > 0 ? string.Join(',', items) : section.Value ?? "", $"appsettings.json: {section.Path}");
    }
}

/// <summary>An option that is set.</summary>
/// <param name="Option">Which.</param>
/// <param name="Text">Its value as written.</param>
/// <param name="Origin">Its name as written: a flag, a variable or a key of the settings.</param>
internal sealed record WrittenOption(OptionDefinition Option, string Text, string Origin);
