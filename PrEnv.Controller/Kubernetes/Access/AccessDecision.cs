namespace PrEnv.Controller.Kubernetes.Access;

/// <summary>What the API server says of someone who asks.</summary>
internal enum AccessDecision
{
    /// <summary>It does not know the token.</summary>
    Unauthenticated,

    /// <summary>It knows whose token it is, and that one has no permission.</summary>
    Forbidden,

    /// <summary>That one has the permission.</summary>
    Allowed,
}
