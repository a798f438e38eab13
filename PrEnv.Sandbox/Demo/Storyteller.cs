using System.Diagnostics;

namespace PrEnv.Sandbox.Demo;

/// <summary>Prints what happens, with the time since the story began.</summary>
internal sealed class Storyteller(TextWriter output)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Begins at zero again: the set-up is not part of the story.</summary>
    public void Begin() => _clock.Restart();

    /// <summary>Something that somebody does.</summary>
    public void Act(string text) => output.WriteLine($"{_clock.Elapsed.TotalSeconds,6:0.0} s  > {text}");

    /// <summary>Something that happens because of it.</summary>
    public void See(string text) => output.WriteLine($"{_clock.Elapsed.TotalSeconds,6:0.0} s    {text}");

    /// <summary>Plain text.</summary>
    public void Say(string text = "") => output.WriteLine(text);
}
