using PrEnv.Core.Resources;

namespace PrEnv.Controller.Terminal;

/// <summary>Colours, where they are wanted.</summary>
/// <param name="IsOn">False: every text stays as it is.</param>
internal readonly record struct TerminalStyle(bool IsOn)
{
    public string Bold(string text) => Paint(text, "1");

    public string Dim(string text) => Paint(text, "2");

    public string Good(string text) => Paint(text, "32");

    public string Bad(string text) => Paint(text, "31");

    public string Waiting(string text) => Paint(text, "33");

    /// <summary>In the colour of a phase.</summary>
    public string Phase(string text, string phase) => phase switch
    {
        EnvironmentPhase.Ready => Good(text),
        EnvironmentPhase.Failed or EnvironmentPhase.Held => Bad(text),
        EnvironmentPhase.Deploying or EnvironmentPhase.Queued or EnvironmentPhase.Deleting => Waiting(text),
        _ => Dim(text),
    };

    // See https://en.wikipedia.org/wiki/ANSI_escape_code#SGR.
    private string Paint(string text, string code) => IsOn && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
