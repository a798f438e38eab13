namespace PrEnv.Core.Resources;

/// <summary>Names of the labels and annotations that the controller writes on a HelmRelease.</summary>
public static class OwnerLabels
{
    /// <summary>Label with the value <see cref="Manager"/>.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>The controller's name: label value, field manager, reporting controller of events.</summary>
    public const string Manager = "prenv-controller";

    /// <summary>Label: name of the owning resource.</summary>
    public const string Name = PREphemeralEnvController.Group + "/name";

    /// <summary>Label: namespace of the owning resource.</summary>
    public const string Namespace = PREphemeralEnvController.Group + "/namespace";

    /// <summary>Label: UID of the owning resource.</summary>
    public const string Uid = PREphemeralEnvController.Group + "/uid";

    /// <summary>Label: number of the pull request.</summary>
    public const string PrNumber = PREphemeralEnvController.Group + "/pr-number";

    /// <summary>Annotation: page of the pull request.</summary>
    public const string PrUrlAnnotation = PREphemeralEnvController.Group + "/pr-url";

    /// <summary>Annotation: head commit that the release installs.</summary>
    public const string HeadShaAnnotation = PREphemeralEnvController.Group + "/head-sha";

    /// <summary>Annotation, on the release of a fork's pull request: the commit that was approved and may be installed.</summary>
    public const string ApprovedShaAnnotation = PREphemeralEnvController.Group + "/approved-sha";

    /// <summary>
    /// Annotation: the commits that the release had before, each with its generation and Flux's digest of its values.
    /// </summary>
    public const string CommitsAnnotation = PREphemeralEnvController.Group + "/commits";

    /// <summary>
    /// Annotation: fingerprint of the fields of its spec that the resource asks for; missing when those are the ones of every release.
    /// </summary>
    public const string FieldsAnnotation = PREphemeralEnvController.Group + "/fields";

    /// <summary>Annotation: the namespace that was created for the environment; missing when it has none of its own.</summary>
    public const string TargetNamespaceAnnotation = PREphemeralEnvController.Group + "/target-namespace";

    /// <summary>
    /// Annotation: when something last happened on the pull request, and how it looked then; missing when nothing depends on that.
    /// </summary>
    public const string ActivityAnnotation = PREphemeralEnvController.Group + "/activity";

    /// <summary>Annotation: since when the environment has been asleep; missing while it is awake.</summary>
    public const string AsleepAnnotation = PREphemeralEnvController.Group + "/asleep";

    /// <summary>
    /// Annotation on a namespace, its own name: written when the controller creates it, and never on one that exists. A copy under another
    /// name does not pass for one.
    /// </summary>
    public const string CreatedNamespaceAnnotation = PREphemeralEnvController.Group + "/created-namespace";

    /// <summary>Prefix of the annotations that Flux copies into its events, and alerts show.</summary>
    public const string FluxEvent = "event.toolkit.fluxcd.io/";

    /// <summary>Annotation: login of the pull request's author; missing if GitHub did not say.</summary>
    public const string AuthorAnnotation = FluxEvent + "author";

    /// <summary>Annotation: head branch of the pull request; missing if GitHub did not say.</summary>
    public const string BranchAnnotation = FluxEvent + "branch";

    /// <summary>
    /// Annotation: when the controller last created or changed the release, RFC 3339; the health check's timeout starts there.
    /// </summary>
    public const string UpdatedAtAnnotation = PREphemeralEnvController.Group + "/updated-at";

    /// <summary>Annotation: the commit status that was posted last, as JSON of <see cref="ReportedStatus"/>.</summary>
    public const string ReportedAnnotation = PREphemeralEnvController.Group + "/reported";

    /// <summary>Annotation: the GitHub Deployment, as JSON of <see cref="ReportedDeployment"/>.</summary>
    public const string DeploymentAnnotation = PREphemeralEnvController.Group + "/deployment";

    /// <summary>Annotation: the comment on the pull request, as JSON of <see cref="ReportedComment"/>.</summary>
    public const string CommentAnnotation = PREphemeralEnvController.Group + "/comment";

    /// <summary>Annotation: what an admission policy overrides of the release, as JSON of <see cref="OverriddenFields"/>.</summary>
    public const string OverriddenAnnotation = PREphemeralEnvController.Group + "/overridden";

    /// <summary>Is that one of the annotations in which the controller records what it has reported and found?</summary>
    public static bool IsNote(string name) =>
        name is ReportedAnnotation or DeploymentAnnotation or CommentAnnotation or OverriddenAnnotation;
}
