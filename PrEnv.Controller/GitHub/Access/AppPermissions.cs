namespace PrEnv.Controller.GitHub.Access;

/// <summary>What an App's token may do, in addition to reading pull requests: no more than the resource needs.</summary>
[Flags]
internal enum AppPermissions
{
    /// <summary>Read pull requests.</summary>
    Read = 0,

    /// <summary>Write commit statuses.</summary>
    CommitStatuses = 1,

    /// <summary>Write deployments.</summary>
    Deployments = 2,

    /// <summary>Write comments on pull requests, and react to them.</summary>
    Comments = 4,
}

/// <summary>Permissions as GitHub names them.</summary>
internal static class AppPermissionNames
{
    /// <summary>Name and level of each, see https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps.</summary>
    public static IReadOnlyDictionary<string, string> Of(AppPermissions permissions)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["pull_requests"] = permissions.HasFlag(AppPermissions.Comments) ? "write" : "read",
        };
        if (permissions.HasFlag(AppPermissions.CommitStatuses))
            names["statuses"] = "write";
        if (permissions.HasFlag(AppPermissions.Deployments))
            names["deployments"] = "write";
        return names;
    }
}
