namespace PrEnv.Sandbox.Flux;

/// <summary>A Helm release in the cluster, as far as the double pretends.</summary>
internal sealed record InstalledEnvironment
{
    /// <summary>The HelmRelease that it belongs to.</summary>
    public required ReleaseKey Key { get; init; }

    public required string ReleaseName { get; init; }

    public required string TargetNamespace { get; init; }

    public required string StorageNamespace { get; init; }

    /// <summary>Chart and values that run.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Helm's revision, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Did it ever come up? A failed first install leaves things behind that do not answer.</summary>
    public required bool Runs { get; init; }

    /// <summary><c>values.prNumber</c> of what runs.</summary>
    public int? PrNumber { get; init; }

    /// <summary><c>values.prSHA</c> of what runs: during an upgrade still the old one.</summary>
    public string? PrSha { get; init; }

    /// <summary>First install.</summary>
    public required DateTimeOffset FirstInstalledAt { get; init; }

    /// <summary>Last install or upgrade.</summary>
    public required DateTimeOffset InstalledAt { get; init; }

    /// <summary>What the HelmRelease asks for now, once Helm has done it.</summary>
    public static InstalledEnvironment Of(HelmReleaseObject release, DateTimeOffset now, InstalledEnvironment? before = null) => new()
    {
        Key = release.Key,
        ReleaseName = release.ReleaseName,
        TargetNamespace = release.TargetNamespace,
        StorageNamespace = release.StorageNamespace,
        Fingerprint = release.Fingerprint,
        Revision = (before?.Revision ?? 0) + 1,
        Runs = true,
        PrNumber = release.PrNumber,
        PrSha = release.PrSha,
        FirstInstalledAt = before?.FirstInstalledAt ?? now,
        InstalledAt = now,
    };

    /// <summary>Does the HelmRelease mean another Helm release by now? Helm cannot rename one: it uninstalls and installs.</summary>
    public bool IsMovedBy(HelmReleaseObject release) =>
        (ReleaseName, TargetNamespace, StorageNamespace) != (release.ReleaseName, release.TargetNamespace, release.StorageNamespace);
}
