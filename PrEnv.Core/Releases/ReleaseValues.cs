using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>The two values that every chart gets.</summary>
/// <param name="PrNumber">Null if it is missing or not an integer.</param>
/// <param name="PrSha">Null if it is missing or not a string.</param>
public readonly record struct ReleaseValues(int? PrNumber, string? PrSha)
{
    /// <summary><see cref="PrSha"/> if it is the name of a commit; anyone who may edit the release can write anything there.</summary>
    public string? Commit => Sha.IsCommit(PrSha) ? PrSha : null;

    /// <summary>Reads them from a release's spec; values that are missing are null, as all are without a spec.</summary>
    public static ReleaseValues Read(HelmReleaseSpec? spec) => spec is null ? default : new ReleaseValues(spec.PrNumber, spec.PrSha);
}
