using System.Diagnostics;
using System.Text;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>Runs the scripts in <c>hack/</c>.</summary>
internal static class HackScript
{
    /// <summary>Runs a script to its end.</summary>
    /// <param name="name">File name in <c>hack/</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="progress">Gets every line that it writes to standard error.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote to standard error.</exception>
    public static async Task RunAsync(
        string name,
        IReadOnlyList<string> arguments,
        string input = "",
        Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using var process = Process.Start(StartInfo(name, arguments))!;
        using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var errors = ReadLinesAsync(process.StandardError, progress);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await WriteAsync(process.StandardInput, input);
        await process.WaitForExitAsync(CancellationToken.None);
        var said = await errors;
        await output;
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"hack/{name} failed with exit code {process.ExitCode}:\n{said}");
    }

    /// <summary>How to start a script with all its streams redirected.</summary>
    public static ProcessStartInfo StartInfo(string name, IReadOnlyList<string> arguments) =>
        new(RepositoryRoot.Combine("hack", name), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private static async Task WriteAsync(StreamWriter writer, string input)
    {
        try
        {
            await writer.WriteAsync(input);
            writer.Close();
        }
        catch (IOException)
        {
            // It ended without reading all; why is in its exit code and messages.
        }
    }

    /// <summary>Reads to the end, tells every line, and returns them all.</summary>
    public static async Task<string> ReadLinesAsync(StreamReader reader, Action<string>? progress)
    {
        var all = new StringBuilder();
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            all.AppendLine(line);
            progress?.Invoke(line);
        }

        return all.ToString();
    }
}
