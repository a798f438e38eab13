using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Channels;

/// <summary>What it means when an App does not get a token, and what to do about it.</summary>
internal sealed class AppFaults(AppIdentity app, RepositoryAccess access)
{
    public GitHubFault Explain(GitHubFault fault) => (int?)fault.Status switch
    {
        401 => Refused(
            fault,
            $"GitHub rejected the key of App {app.AppId} (401): githubAppID and githubAppPrivateKey do not match, "
            + "or the key was deleted. Put the App's ID and one of its keys in the Secret."),
        403 => Refused(
            fault,
            $"GitHub refused App {app.AppId} a token (403): its installation is suspended. Its owner must unsuspend it."),
        404 => Refused(
            fault,
            app.InstallationId is { } id
                ? $"GitHub App {app.AppId} has no installation {id} (404): correct githubAppInstallationID in the Secret."
                : $"GitHub App {app.AppId} is not installed for {app.Owner} (404): install it there, for the repository {access.Name}."),
        422 when fault.Kind == GitHubFaultKind.PermissionsNotGranted => Refused(
            fault,
            $"GitHub App {app.AppId} lacks a permission (422). It needs {Needed()}: add it in the App's settings, and accept the change "
            + "where the App is installed."),
        422 => Refused(
            fault,
            $"GitHub App {app.AppId} has no access to {access.Owner}/{access.Name} (422): add the repository to its installation; if it "
            + "was "
            + "renamed, change spec.githubPRRepository."),
        // Without a token, the request that needed it was not sent.
        _ => fault with { IsOutcomeUnknown = false },
    };

    private string Needed() => string.Join(", ", AppPermissionNames.Of(access.Permissions).Select(p => $"{p.Key}: {p.Value}"));

    private static GitHubFault Refused(GitHubFault fault, string message) =>
        fault with { Kind = GitHubFaultKind.CredentialRefused, Message = message };
}
