namespace PrEnv.Core.Spec;

/// <summary>One thing that is wrong with a spec.</summary>
/// <param name="Field">Path in the resource.</param>
/// <param name="Text">A clause that continues after the field's name.</param>
/// <param name="IsTemplate">Is it about placeholders?</param>
public sealed record SpecProblem(string Field, string Text, bool IsTemplate)
{
    /// <summary>A sentence.</summary>
    public override string ToString() => $"{Field} {Text}.";
}
