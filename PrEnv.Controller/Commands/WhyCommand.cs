using System.Collections.Immutable;
using System.CommandLine;
using PrEnv.Controller.Startup;
using PrEnv.Core.Explaining;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Commands;

/// <summary><c>prenv why</c>: everything that is known of one pull request.</summary>
internal static class WhyCommand
{
    public static Command Create(ClientOptions options, Surroundings surroundings)
    {
        var number = new Argument<int>("pr") { Description = "Number of the pull request.", HelpName = "pr" };
        var name = ClientOptions.OptionalName();
        var output = ClientOptions.Output("text", "text", StructuredOutput.Json, StructuredOutput.Yaml);
        var command = options.AddPlanningTo(new Command(
            "why", "Explains why a pull request has the environment that it has, or none: every rule with the fact that it saw."));
        command.Add(number);
        command.Add(name);
        command.Add(options.AllNamespaces);
        command.Add(output);
        command.SetAction((parsed, cancellationToken) => ClientSession.RunAsync(parsed, options, surroundings, mayWrite: false, session =>
            WhyAsync(
                session, parsed.GetValue(number), parsed.GetValue(name), parsed.GetValue(options.AllNamespaces), parsed.GetValue(output)!,
                cancellationToken)));
        return command;
    }

    private static async Task<int> WhyAsync(
        ClientSession session, int number, string? name, bool all, string format, CancellationToken cancellationToken)
    {
        ClientOptions.RefuseBoth("NAME", name is not null, all);
        var candidates = name is not null
            ? [await session.FindAsync(name, cancellationToken)]
            : Likely(await session.Resources.ListAsync(all ? null : session.Namespace, cancellationToken), number);
        var found = ImmutableArray.CreateBuilder<EnvironmentExplanation>();
        foreach (var resource in candidates)
        {
            if (await ExplainAsync(session, resource, number, cancellationToken) is { } explanation)
                found.Add(explanation);
        }

        if (found.Count == 0)
            throw new StartupException(NotKnown(session, candidates, number, all));
        var screen = session.Screen;
        if (format != "text")
        {
            await StructuredOutput.WriteAsync(
                screen.Output, format, ExplanationList.Of(found), ClientJson.Default.ExplanationList);
            return 0;
        }

        foreach (var explanation in found)
        {
            foreach (var line in new WhyText(explanation, screen.Style).Lines())
                await screen.Output.WriteLineAsync(line);
        }

        return 0;
    }

    // The one that has a row for it; GitHub is asked for all only if none has.
    private static ImmutableArray<PREphemeralEnvController> Likely(ImmutableArray<PREphemeralEnvController> resources, int number)
    {
        ImmutableArray<PREphemeralEnvController> known =
            [.. resources.Where(r => r.Status?.Environments?.Any(row => row?.PrNumber == number) == true)];
        return known.IsEmpty ? resources : known;
    }

    private static async Task<EnvironmentExplanation?> ExplainAsync(
        ClientSession session, PREphemeralEnvController resource, int number, CancellationToken cancellationToken)
    {
        var findings = await session.Investigation.PlanAsync(resource, number, cancellationToken);
        var problem = findings.GitHubProblem;
        if (problem is not null)
            findings = await session.Investigation.LookAsync(resource, cancellationToken);
        foreach (var gap in findings.Gaps)
            await session.NoteAsync($"{gap.TrimEnd('.')}. What follows leaves that out.");
        if (problem is not null)
            await session.NoteAsync($"{problem.Message} What follows is what the cluster knows.");
        return findings.Explain(number);
    }

    private static string NotKnown(ClientSession session, ImmutableArray<PREphemeralEnvController> asked, int number, bool all)
    {
        if (asked.IsEmpty && all)
            return "There is no resource in any namespace.";
        if (asked.IsEmpty)
            return $"There is no resource in namespace {session.Namespace}. Choose another with -n, or all with -A.";
        var names = string.Join(", ", asked.Take(5).Select(r => r.Metadata.Key.ToString()));
        return $"Pull request {number} is not open, and has no environment of {names}{(asked.Length > 5 ? " and others" : "")}. "
            + "'prenv get -A' lists those that are known.";
    }
}
