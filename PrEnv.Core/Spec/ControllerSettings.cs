using System.Collections.Immutable;

namespace PrEnv.Core.Spec;

/// <summary>What the controller's operator allows; no resource can change it.</summary>
public sealed record ControllerSettings
{
    /// <summary>For resources without <c>apiURL</c>; with a trailing slash.</summary>
    public Uri DefaultApiUrl { get; init; } = new("https://api.github.com/");

    /// <summary>The only hosts that a token is sent to. Empty: the host of <see cref="DefaultApiUrl"/>.</summary>
    public ImmutableHashSet<HostAndPort> AllowedGitHubHosts { get; init; } = [];

    /// <summary>Secrets, the source and the destination must be in the resource's own namespace.</summary>
    public bool NoCrossNamespaceRefs { get; init; }

    /// <summary>The only namespaces whose HelmReleases are seen. Empty: all.</summary>
    public ImmutableHashSet<string> WatchedNamespaces { get; init; } = [];

    /// <summary>Set on a HelmRelease that names none; null: nothing is set.</summary>
    public string? DefaultServiceAccount { get; init; }

    /// <summary>Are the HelmReleases of that namespace seen?</summary>
    public bool Watches(string @namespace) => WatchedNamespaces.IsEmpty || WatchedNamespaces.Contains(@namespace);

    /// <summary>May a resource talk to that API?</summary>
    public bool Allows(Uri apiUrl) =>
        AllowedGitHubHosts.IsEmpty ? HostAndPort.Of(DefaultApiUrl).Matches(apiUrl) : AllowedGitHubHosts.Any(host => host.Matches(apiUrl));
}
