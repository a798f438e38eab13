using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Terminal;

/// <summary>Where a command writes, and what that can show.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Size">The terminal that the output goes to; null when it goes elsewhere.</param>
/// <param name="Style">Its colours.</param>
/// <param name="IsErrorTerminal">Does standard error go to a terminal?</param>
internal sealed record Screen(TextWriter Output, TextWriter Error, Func<TerminalSize?> Size, TerminalStyle Style, bool IsErrorTerminal)
{
    private const int LeastColumns = 40;

    /// <summary>How wide a line may be; null: as wide as it is.</summary>
    public int? Columns => Size() is { } size ? Math.Max(LeastColumns, size.Columns) : null;

    /// <summary>See https://no-color.org.</summary>
    public static Screen Of(TextWriter output, TextWriter error, Surroundings surroundings)
    {
        var hasColours = surroundings.Terminal() is not null
            && string.IsNullOrEmpty(surroundings.Variables.GetValueOrDefault("NO_COLOR"))
            && surroundings.Variables.GetValueOrDefault("TERM") != "dumb";
        return new Screen(output, error, surroundings.Terminal, new TerminalStyle(hasColours), surroundings.LogsToTerminal);
    }
}
