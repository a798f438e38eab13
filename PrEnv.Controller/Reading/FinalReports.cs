using PrEnv.Controller.Memory;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Reading;

/// <summary>
/// How GitHub is told of the end of environments by a process that never listed their pull requests: it was started while the resource was
/// being deleted. What is left to be said stands on the HelmReleases, as long as they are there. No deletion waits for a credential.
/// </summary>
internal sealed class FinalReports(CredentialReader credentials)
{
    /// <summary>Reads the credential into <see cref="ResourceMemory.Access"/> when it is needed and not known.</summary>
    public async Task PrepareAsync(
        SpecReading reading, IEnumerable<HelmRelease> owned, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (memory.Access is not null || !owned.Any(IsReported) || reading.Spec is not { } spec) return;
        if (!spec.Deployments && !spec.Comment) return;
        try
        {
            (memory.AccessAtTheEnd, _) = await credentials.ReadAsync(spec, cancellationToken);
        }
        catch (ApiStatusException)
        {
            // The next look tries again, and if none comes, the environments go without a word.
        }
    }

    private static bool IsReported(HelmRelease release) =>
        ReportedDeployment.Read(release) is not null || ReportedComment.Read(release) is not null;
}
