using System.CommandLine;
using System.CommandLine.Help;
using PrEnv.Controller.Commands;
using PrEnv.Tests.Commands;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Docs;

/// <summary>docs/cli.md has every command for people, with every option of its own.</summary>
internal sealed class CommandDocumentationTests
{
    private static readonly string Text = RepositoryFiles.Text("docs/cli.md");

    private static IEnumerable<Command> Commands =>
        PrEnvCommand.Create(Cli.Surroundings).Subcommands.Where(c => c is { Hidden: false, Name: not "run" });

    [Test]
    public void Commands_AreInTheTable()
    {
        var rows = Text.Split('\n').Where(l => l.StartsWith("| `prenv ", StringComparison.Ordinal))
            .SelectMany(l => Reference.Code(l[..l.IndexOf(" | ", 2, StringComparison.Ordinal)])).Select(code => code.Split(' ')[1]);

        Assert.That(rows, Is.EquivalentTo(Commands.Select(c => c.Name)));
        Assert.That(
            Reference.Code(Reference.Section("## Options\n\n", "\n\n")), Is.SupersetOf(Commands.Select(c => c.Name)), "docs/reference.md");
    }

    [Test]
    public void Options_AreNamed() =>
        Assert.That(
            Commands.SelectMany(c => c.Options).Where(o => o is { Hidden: false } and not HelpOption)
                .Where(o => !o.Aliases.Append(o.Name).Any(IsNamed)).Select(o => o.Name).Distinct(StringComparer.Ordinal),
            Is.Empty);

    private static bool IsNamed(string option) =>
        Text.Contains($"`{option}", StringComparison.Ordinal) || Text.Contains($" {option} ", StringComparison.Ordinal);
}
