using System.Collections.Immutable;
using System.CommandLine;
using PrEnv.Controller.Client;
using PrEnv.Controller.Startup;
using PrEnv.Core.Explaining;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Commands;

/// <summary><c>prenv plan</c>: what the controller would do now, without doing it.</summary>
internal static class PlanCommand
{
    /// <summary>The exit code when there is something to do.</summary>
    public const int HasChanges = 2;

    // The API server gives it another one.
    private const string NoUid = "not-applied-yet";

    public static Command Create(ClientOptions options, Surroundings surroundings)
    {
        var name = ClientOptions.OptionalName();
        var output = ClientOptions.Output("text", "text", StructuredOutput.Json, StructuredOutput.Yaml);
        var file = new Option<string>("--filename", "-f")
        {
            Description = "Plan the resources of this file, YAML or JSON, as if they were applied; - reads standard input.",
            HelpName = "file",
        };
        var command = options.AddPlanningTo(new Command(
            "plan",
            "Shows what 'run' would do now to the cluster and to GitHub, for each pull request and why. Nothing is written. Exit code: 0 "
            + "nothing to do, 2 something, 1 an error."));
        command.Add(name);
        command.Add(options.AllNamespaces);
        command.Add(file);
        command.Add(output);
        command.SetAction((parsed, cancellationToken) => ClientSession.RunAsync(parsed, options, surroundings, mayWrite: false, session =>
            PlanAsync(
                session, parsed.GetValue(name), parsed.GetValue(file), parsed.GetValue(options.AllNamespaces), parsed.GetValue(output)!,
                cancellationToken)));
        return command;
    }

    private static async Task<int> PlanAsync(
        ClientSession session, string? name, string? file, bool all, string format, CancellationToken cancellationToken)
    {
        ClientOptions.RefuseBoth("NAME", name is not null, all);
        ClientOptions.RefuseBoth("-f", file is not null, all);
        var resources = file is not null
            ? await OfFileAsync(session, file, name, cancellationToken)
            : await OfClusterAsync(session, name, all, cancellationToken);
        var (plans, problems) = (new List<PlanExplanation>(), new List<string>());
        foreach (var resource in resources)
        {
            var findings = await session.Investigation.PlanAsync(resource, null, cancellationToken);
            var plan = findings.Explain();
            plans.Add(plan);
            problems.AddRange(findings.Gaps.Select(gap => $"The plan of {resource.Metadata.Key} is incomplete: {gap}"));
            if (findings.GitHubProblem is { } problem)
                problems.Add($"The plan of {resource.Metadata.Key} is incomplete: {problem.Message}");
            else if (findings.Snapshot.Spec.Spec is null)
                problems.Add($"{resource.Metadata.Key}: {plan.Overall.Message}");
        }

        var screen = session.Screen;
        if (format == "text")
        {
            foreach (var line in plans.SelectMany(plan => PlanText.Lines(plan, screen.Columns, screen.Style)))
                await screen.Output.WriteLineAsync(line);
            if (problems.Count == 0)
                await screen.Output.WriteLineAsync(PlanText.Summary(plans));
        }
        else
        {
            await StructuredOutput.WriteAsync(screen.Output, format, PlanList.Of(plans), ClientJson.Default.PlanList);
        }

        foreach (var problem in problems)
            await session.NoteAsync(problem);
        return problems.Count > 0 ? 1 : plans.Any(p => p.HasChanges) ? HasChanges : 0;
    }

    private static async Task<ImmutableArray<PREphemeralEnvController>> OfClusterAsync(
        ClientSession session, string? name, bool all, CancellationToken cancellationToken)
    {
        if (name is not null)
            return [await session.FindAsync(name, cancellationToken)];
        var found = await session.Resources.ListAsync(all ? null : session.Namespace, cancellationToken);
        return found.IsEmpty && !all
            ? throw new StartupException($"There is no resource in namespace {session.Namespace}. Choose another with -n, or all with -A.")
            : found;
    }

    private static async Task<ImmutableArray<PREphemeralEnvController>> OfFileAsync(
        ClientSession session, string file, string? name, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(file, cancellationToken);
        var resources = ImmutableArray.CreateBuilder<PREphemeralEnvController>();
        foreach (var written in ManifestFile.Read(text, file == "-" ? "standard input" : file, session.Namespace))
        {
            if (name is not null && written.Metadata.Name != name)
                continue;
            var existing = await session.Resources.FindAsync(written.Metadata.Key, cancellationToken);
            resources.Add(existing is null
                ? written with { Metadata = written.Metadata with { Uid = NoUid, CreationTimestamp = session.Now } }
                : existing with
                {
                    Spec = written.Spec,
                    Metadata = existing.Metadata with { Generation = existing.Metadata.Generation + 1 },
                });
        }

        return resources.Count > 0
            ? resources.ToImmutable()
            : throw new StartupException($"{file} has no resource named {name}. Leave the name out to plan all of its resources.");
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return file == "-"
                ? await Console.In.ReadToEndAsync(cancellationToken)
                : await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"-f: {OneLine.Of(failure)}. Name a file that can be read.", failure);
        }
    }
}
