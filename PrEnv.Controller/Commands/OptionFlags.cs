using System.Collections.Frozen;
using System.Collections.Immutable;
using System.CommandLine;
using PrEnv.Controller.Options;

namespace PrEnv.Controller.Commands;

/// <summary>
/// The option table as flags. Values are kept as text: they are parsed and validated together with those of the environment and the
/// settings.
/// </summary>
internal sealed class OptionFlags
{
    private readonly ImmutableArray<(OptionDefinition Definition, Option<string> Flag)> _flags =
        [.. OptionTable.All.Select(definition => (definition, Flag(definition)))];

    public void AddTo(Command command)
    {
        foreach (var (_, flag) in _flags)
            command.Add(flag);
    }

    /// <summary>Only those with these names.</summary>
    public void AddTo(Command command, IEnumerable<string> names)
    {
        foreach (var name in names)
            command.Add(_flags.Single(pair => pair.Definition.Name == name).Flag);
    }

    /// <summary>The flags that were written, by option name.</summary>
    public IReadOnlyDictionary<string, string> Read(ParseResult result) => _flags
        .Select(pair => (pair.Definition, Result: result.GetResult(pair.Flag)))
        .Where(pair => pair.Result is { Implicit: false })
        .ToFrozenDictionary(
            pair => pair.Definition.Name,
            pair => pair.Result!.Tokens is [var token, ..] ? token.Value : bool.TrueString,
            StringComparer.Ordinal);

    private static Option<string> Flag(OptionDefinition definition) => new(definition.Flag)
    {
        Description = definition.Description,
        HelpName = definition.ValueName,
        DefaultValueFactory = _ => definition.Default,
        Arity = definition.IsSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };
}
