using System.CommandLine;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Startup;
using PrEnv.Controller.Terminal;

namespace PrEnv.Controller.Commands;

/// <summary>
/// From arguments to an exit code. Problems that a user can fix are reported on standard error, one line each, with exit code 1.
/// </summary>
internal static class CommandLine
{
    private const int Failure = 1;

    // As shells have it for SIGINT.
    private const int Interrupted = 130;

    /// <param name="args">The arguments.</param>
    /// <param name="surroundings">Where the process runs.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="interrupt">Ends a command as a signal does.</param>
    public static async Task<int> RunAsync(
        string[] args, Surroundings surroundings, TextWriter output, TextWriter error, CancellationToken interrupt = default)
    {
        var parsed = PrEnvCommand.Create(surroundings).Parse(Normalize(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        // What a shell asks for is incomplete by nature.
        if (parsed.Errors.Count > 0 && args is not [['[', 's', 'u', 'g', 'g', 'e', 's', 't', ..], ..])
        {
            // The first is the cause; the others follow from it, such as the value of an unknown flag.
            await ComplainAsync(error, [$"{parsed.Errors[0].Message.TrimEnd('.')}. See 'prenv --help'."]);
            return Failure;
        }

        try
        {
            // The host handles signals.
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, interrupt);
        }
        catch (OptionsValidationException invalid)
        {
            await ComplainAsync(error, invalid.Failures);
        }
        catch (StartupException problem)
        {
            await ComplainAsync(error, [problem.Message]);
        }
        catch (Exception failure) when (StandardOutput.IsClosed(failure))
        {
            return 0;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception bug)
        {
            await ComplainAsync(error, [$"unexpected error, please report it: {bug}"]);
        }

        return Failure;
    }

    // The parser takes "--name=" for a flag without its value; here it is the empty value.
    private static string[] Normalize(string[] args) =>
        [.. args.SelectMany(
            arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.EndsWith('=') ? [arg[..^1], ""] : (string[])[arg])];

    private static async Task ComplainAsync(TextWriter error, IEnumerable<string> problems)
    {
        foreach (var problem in problems)
            await error.WriteLineAsync("prenv: " + problem);
    }
}
