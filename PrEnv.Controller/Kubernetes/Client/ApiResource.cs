using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>A kind as URLs name it. See https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">API version.</param>
/// <param name="Plural">Plural, lower case.</param>
internal readonly record struct ApiResource(string Group, string Version, string Plural)
{
    public static ApiResource HelmReleases { get; } = new(HelmRelease.Group, HelmRelease.Version, HelmRelease.Plural);

    public static ApiResource HelmCharts { get; } = new("source.toolkit.fluxcd.io", "v1", "helmcharts");

    public static ApiResource Controllers { get; } =
        new(PREphemeralEnvController.Group, PREphemeralEnvController.Version, PREphemeralEnvController.Plural);

    public static ApiResource Secrets { get; } = new("", "v1", "secrets");

    public static ApiResource Namespaces { get; } = new("", "v1", "namespaces");

    public static ApiResource Events { get; } = new("events.k8s.io", "v1", "events");

    public static ApiResource Leases { get; } = new("coordination.k8s.io", "v1", "leases");

    /// <summary><c>apiVersion</c> of its objects.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Path of the collection; of all namespaces when <paramref name="namespace"/> is null.</summary>
    public string CollectionPath(string? @namespace)
    {
        var root = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        return @namespace is null ? $"{root}/{Plural}" : $"{root}/namespaces/{Uri.EscapeDataString(@namespace)}/{Plural}";
    }

    /// <summary>Path of one object.</summary>
    public string ObjectPath(string @namespace, string name) => $"{CollectionPath(@namespace)}/{Uri.EscapeDataString(name)}";

    /// <summary>Adds the parameters that have a value.</summary>
    public static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
                path = QueryHelpers.AddQueryString(path, name, value);
        }

        return path;
    }

    /// <summary>A number as the query wants it.</summary>
    public static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
