namespace PrEnv.Controller.GitHub.Access;

/// <summary>A GitHub App and where it is installed. Never printed with its key.</summary>
/// <param name="AppId">The App's id, or its client id.</param>
/// <param name="InstallationId">The installation; null: the one of <see cref="Owner"/> is looked up.</param>
/// <param name="Owner">User or organisation that has installed it; empty when the installation's id is known.</param>
/// <param name="PrivateKey">An RSA key in PEM, as GitHub hands it out.</param>
internal sealed record AppIdentity(string AppId, long? InstallationId, string Owner, string PrivateKey)
{
    /// <summary>Stands for the App and its key, whatever the installation.</summary>
    public string Fingerprint => Core.Texts.Fingerprint.Of($"app\n{AppId}\n{PrivateKey}", GitHubCredential.IdLength);

    public override string ToString() => $"GitHub App {AppId}";
}
