namespace PrEnv.Benchmarks.Scale;

/// <summary>The figures, line by line, as a table in Markdown.</summary>
internal sealed class ScaleTable(TextWriter output)
{
    public void Begin()
    {
        output.WriteLine("| what | goal | measured |");
        output.WriteLine("| --- | --- | --- |");
    }

    public void Add(string what, string goal, string figure)
    {
        output.WriteLine($"| {what} | {goal} | {figure} |");
        output.Flush();
    }
}
