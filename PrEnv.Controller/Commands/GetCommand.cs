using System.Collections.Immutable;
using System.CommandLine;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Commands;

/// <summary><c>prenv get</c>: every environment, as the status of its resource has it.</summary>
internal static class GetCommand
{
    private const string Wide = "wide";

    public static Command Create(ClientOptions options, Surroundings surroundings)
    {
        var output = ClientOptions.Output("table", "table", Wide, StructuredOutput.Json, StructuredOutput.Yaml);
        var watch = new Option<bool>("--watch", "-w") { Description = "Show changes as they happen, until interrupted." };
        var command = options.AddTo(new Command("get", "Lists the environments: pull request, commit, phase, age, URL and message."));
        command.Add(options.AllNamespaces);
        command.Add(output);
        command.Add(watch);
        command.SetAction((parsed, cancellationToken) => ClientSession.RunAsync(parsed, options, surroundings, mayWrite: false, session =>
        {
            var (all, format) = (parsed.GetValue(options.AllNamespaces), parsed.GetValue(output)!);
            var isStructured = format is StructuredOutput.Json or StructuredOutput.Yaml;
            if (parsed.GetValue(watch) && isStructured)
                throw new StartupException($"--watch cannot be combined with -o {format}. Leave one of them out.");
            return parsed.GetValue(watch)
                ? new GetWatch(session, all, format == Wide).RunAsync(cancellationToken)
                : GetAsync(session, all, format, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> GetAsync(ClientSession session, bool all, string format, CancellationToken cancellationToken)
    {
        var resources = await session.Resources.ListAsync(all ? null : session.Namespace, cancellationToken);
        ImmutableArray<EnvironmentLine> lines = [.. resources.SelectMany(r => EnvironmentLine.Of(r))];
        var screen = session.Screen;
        if (format is StructuredOutput.Json or StructuredOutput.Yaml)
        {
            await StructuredOutput.WriteAsync(screen.Output, format, new EnvironmentList(lines), ClientJson.Default.EnvironmentList);
            return 0;
        }

        if (lines.IsEmpty)
        {
            var where = all ? "in any namespace" : $"in namespace {session.Namespace}; -A shows those of all namespaces";
            await session.NoteAsync(resources.IsEmpty ? $"There is no resource {where}." : $"There is no environment {where}.");
            return 0;
        }

        foreach (var line in GetTable.Lines(lines, all, format == Wide, session.Now, screen.Columns, screen.Style))
            await screen.Output.WriteLineAsync(line);
        foreach (var resource in resources.Where(r => r.Status?.EnvironmentsTotal > r.Status?.Environments?.Count))
        {
            await session.NoteAsync(
                $"{resource.Metadata.Key} has {resource.Status!.EnvironmentsTotal} environments; its status has room for "
                + $"{resource.Status.Environments!.Count} pull requests. 'prenv why' finds the others.");
        }

        return 0;
    }
}
