namespace PrEnv.Controller.Terminal;

/// <summary>A cell.</summary>
/// <param name="Text">Any text.</param>
/// <param name="Paint">Its colour; null: none.</param>
internal readonly record struct TextCell(string Text, Func<string, string>? Paint = null)
{
    public static implicit operator TextCell(string text) => new(text);
}
