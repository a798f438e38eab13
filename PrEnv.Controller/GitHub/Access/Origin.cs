namespace PrEnv.Controller.GitHub.Access;

/// <summary>Scheme, host and port: a token is sent to one origin and no other.</summary>
internal static class Origin
{
    /// <summary>Same scheme, host and port, and no user name in front of the host.</summary>
    public static bool IsSame(Uri one, Uri other) =>
        one.UserInfo.Length == 0
        && other.UserInfo.Length == 0
        && Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
