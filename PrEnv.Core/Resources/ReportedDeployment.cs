using System.Text.Json;
using PrEnv.Core.Model;

namespace PrEnv.Core.Resources;

/// <summary>The GitHub Deployment of a pull request as it was reported last.</summary>
/// <param name="Id">GitHub's number of the deployment; 0 if GitHub refused to create it.</param>
/// <param name="Report">What it shows; the state is empty while it shows nothing yet.</param>
/// <param name="Superseded">The previous deployment, until it has been marked inactive; null if there is none.</param>
public sealed record ReportedDeployment(long Id, DeploymentReport Report, long? Superseded) : IReported
{
    /// <summary>Reads the annotation; null if it is missing or not valid.</summary>
    public static ReportedDeployment? Read(HelmRelease release) =>
        AnnotationJson.Read(release, OwnerLabels.DeploymentAnnotation, ResourceJson.Pooled.ReportedDeployment)
            is { Report.Sha: not null } read
            ? read
            : null;

    /// <inheritdoc/>
    public string ToJson() => JsonSerializer.Serialize(this, ResourceJson.Default.ReportedDeployment);

    /// <summary>Does it already show that? The wording does not matter.</summary>
    public bool Shows(DeploymentReport report) => Report.Sha == report.Sha && Report.State == report.State && Report.Url == report.Url;
}
