namespace PrEnv.Core.Spec;

/// <summary>What a chart comes from. The names are Flux's own.</summary>
public enum FluxSourceKind
{
    /// <summary>A git repository, and a path in it.</summary>
    GitRepository,

    /// <summary>A Helm repository, and a chart's name in it.</summary>
    HelmRepository,

    /// <summary>A bucket, and a path in it.</summary>
    Bucket,

    /// <summary>An OCI artifact that is the chart: the release refers to it by <c>chartRef</c>.</summary>
    OCIRepository,
}
