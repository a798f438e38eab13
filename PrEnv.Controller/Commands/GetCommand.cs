using System.Collections.Immutable;
using System.CommandLine;
using PrEnv.Controller.Startup;
using PrEnv.Core.Resources;

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
        var lines = ImmutableArray.CreateBuilder<EnvironmentLine>();
        var notes = new List<string>();
        foreach (var resource in resources)
        {
            lines.AddRange(EnvironmentLine.Of(resource));
            if (!EnvironmentLine.AreCut(resource))
                continue;
            var releases = await session.Resources.ReleasesAsync(resource.Metadata.Key, cancellationToken);
            lines.AddRange(EnvironmentLine.OfRest(resource, releases ?? []));
            notes.Add(Cut(resource, hasReleases: releases is not null));
        }

        await WriteAsync(session, all, format, resources.IsEmpty, lines.ToImmutable());
        foreach (var note in notes)
            await session.NoteAsync(note);
        return 0;
    }

    private static async Task WriteAsync(
        ClientSession session, bool all, string format, bool areNone, ImmutableArray<EnvironmentLine> lines)
    {
        var screen = session.Screen;
        if (format is StructuredOutput.Json or StructuredOutput.Yaml)
        {
            await StructuredOutput.WriteAsync(screen.Output, format, new EnvironmentList(lines), ClientJson.Default.EnvironmentList);
            return;
        }

        if (lines.IsEmpty)
        {
            var where = all ? "in any namespace" : $"in namespace {session.Namespace}; -A shows those of all namespaces";
            await session.NoteAsync(areNone ? $"There is no resource {where}." : $"There is no environment {where}.");
            return;
        }

        foreach (var line in GetTable.Lines(lines, all, format == Wide, session.Now, screen.Columns, screen.Style))
            await screen.Output.WriteLineAsync(line);
    }

    private static string Cut(PREphemeralEnvController resource, bool hasReleases)
    {
        var room = $"The status of {resource.Metadata.Key} has room for {PREphemeralEnvControllerStatus.MaxEnvironments} pull requests.";
        return hasReleases
            ? $"{room} Of the others, only those with a HelmRelease are listed, with what Flux says; 'prenv why' explains each."
            : $"{room} The others are left out, as you may not list HelmReleases; 'prenv why' explains each.";
    }
}
