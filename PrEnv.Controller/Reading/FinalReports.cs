using PrEnv.Controller.Memory;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Reading;

/// <summary>
/// Reports the end of environments to GitHub in a process that never listed their pull requests, because it was started while the resource
/// was being deleted. What remains to be reported is recorded on the HelmReleases while they exist. No deletion waits for a credential.
/// </summary>
internal sealed class FinalReports(CredentialReader credentials)
{
    /// <summary>Reads the credential into <see cref="ResourceMemory.Access"/> when it is needed and not known.</summary>
    public async Task PrepareAsync(
        SpecReading reading, IEnumerable<HelmRelease> owned, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (memory.Access is not null || !owned.Any(IsReported) || reading.Spec is not { } spec)
            return;
        if (!spec.Deployments && !spec.Comment)
            return;
        try
        {
            (memory.AccessAtTheEnd, _) = await credentials.ReadAsync(spec, cancellationToken);
        }
        catch (ApiStatusException)
        {
            // The next reconcile tries again, and if there is none, the end of the environments is not reported.
        }
    }

    private static bool IsReported(HelmRelease release) =>
        ReportedDeployment.Read(release) is not null || ReportedComment.Read(release) is not null;
}
