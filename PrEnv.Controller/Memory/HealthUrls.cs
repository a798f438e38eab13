using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Memory;

/// <summary>
/// The health check URLs of all environments that this process has planned. Where resources may not refer to other namespaces, they are not
/// compared with those of other namespaces either: no tenant can take another's URL away. Thread-safe.
/// </summary>
internal sealed class HealthUrls(ControllerSettings settings)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, UrlClaims> _scopes = new(StringComparer.Ordinal);

    /// <summary>What concerns a resource.</summary>
    public UrlClaims Of(ResourceKey resource)
    {
        lock (_gate)
            return _scopes.GetValueOrDefault(ScopeOf(resource), UrlClaims.None);
    }

    /// <summary>Keeps what a plan says of a resource.</summary>
    public void Remember(ResourceKey resource, Plan plan)
    {
        if (plan.HealthUrls is not { } claims)
            return;
        lock (_gate)
            _scopes[ScopeOf(resource)] = _scopes.GetValueOrDefault(ScopeOf(resource), UrlClaims.None).With(resource, claims);
    }

    /// <summary>The resource is gone.</summary>
    public void Forget(ResourceKey resource)
    {
        lock (_gate)
        {
            if (_scopes.TryGetValue(ScopeOf(resource), out var scope))
                _scopes[ScopeOf(resource)] = scope.With(resource, []);
        }
    }

    private string ScopeOf(ResourceKey resource) => settings.NoCrossNamespaceRefs ? resource.Namespace : "";
}
