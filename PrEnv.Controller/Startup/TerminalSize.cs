namespace PrEnv.Controller.Startup;

/// <summary>How much a terminal shows.</summary>
/// <param name="Columns">Characters of a line.</param>
/// <param name="Rows">Lines.</param>
internal sealed record TerminalSize(int Columns, int Rows)
{
    private static readonly TerminalSize Usual = new(80, 24);

    /// <summary>The terminal of standard output; null when there is none.</summary>
    public static TerminalSize? OfConsole()
    {
        if (Console.IsOutputRedirected)
            return null;
        try
        {
            return Console.WindowWidth > 0 && Console.WindowHeight > 0 ? new(Console.WindowWidth, Console.WindowHeight) : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }
}
