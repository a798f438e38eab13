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

    /// <summary>Read check runs and commit statuses.</summary>
    Checks = 8,

    /// <summary>Delete environments, which belongs to the repository's administration.</summary>
    Environments = 16,
}

/// <summary>
/// Permissions as GitHub names them, see https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps.
/// </summary>
internal static class AppPermissionNames
{
    private const string PullRequests = "pull_requests";

    private static readonly string[] Levels = ["read", "write", "admin"];

    private static readonly (AppPermissions Flag, string Name)[] Features =
    [
        (AppPermissions.CommitStatuses, "statuses"), (AppPermissions.Deployments, "deployments"), (AppPermissions.Comments, PullRequests),
        (AppPermissions.Environments, "administration"),
    ];

    /// <summary>Name and level of each.</summary>
    public static IReadOnlyDictionary<string, string> Of(AppPermissions permissions)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal) { [PullRequests] = "read" };
        if (permissions.HasFlag(AppPermissions.Checks))
            (names["checks"], names["statuses"]) = ("read", "read");
        foreach (var (flag, name) in Features)
        {
            if (permissions.HasFlag(flag))
                names[name] = "write";
        }

        return names;
    }

    /// <summary>
    /// The same, without what an installation has not granted: that costs the feature, and no other. Null if it has not even granted that
    /// pull requests are read.
    /// </summary>
    /// <param name="permissions">What is wanted.</param>
    /// <param name="granted">What the installation grants: name and level.</param>
    public static IReadOnlyDictionary<string, string>? Within(AppPermissions permissions, IReadOnlyDictionary<string, string> granted)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, level) in Of(permissions))
        {
            if (Covers(granted, name, level))
                names[name] = level;
            else if (Covers(granted, name, "read"))
                names[name] = "read";
        }

        // A comment on a pull request is one on its issue too.
        if (permissions.HasFlag(AppPermissions.Comments) && names.GetValueOrDefault(PullRequests) == "read"
            && Covers(granted, "issues", "write"))
        {
            names["issues"] = "write";
        }

        return names.ContainsKey(PullRequests) ? names : null;
    }

    private static bool Covers(IReadOnlyDictionary<string, string> granted, string name, string level) =>
        granted.TryGetValue(name, out var has) && Array.IndexOf(Levels, has) >= Array.IndexOf(Levels, level);
}
