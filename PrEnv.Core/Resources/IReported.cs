namespace PrEnv.Core.Resources;

/// <summary>A report that was made to GitHub, as it is noted on the HelmRelease. Compared by what it says.</summary>
public interface IReported
{
    /// <summary>The annotation's value.</summary>
    string ToJson();
}
