using System.Collections.Frozen;

namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>The kind of a request, for the metrics: few values, regardless of the repository's name.</summary>
internal static class RequestKind
{
    private const string Other = "other";

    private static readonly FrozenDictionary<string, string> Subjects = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["pulls"] = "pull_requests",
        ["statuses"] = "commit_statuses",
        ["commits"] = "commit_statuses",
        ["deployments"] = "deployments",
        ["environments"] = "environments",
        ["issues"] = "comments",
        ["collaborators"] = "collaborators",
        ["installation"] = "app",
        [""] = "repository",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary><c>read_</c> or <c>write_</c> and the subject; <c>app</c> for an App's own requests.</summary>
    public static string Of(HttpRequestMessage request)
    {
        var segments = (request.RequestUri?.AbsolutePath ?? "").Split('/');
        var root = Array.FindIndex(segments, segment => segment is "repos" or "repositories" or "app" or "orgs" or "users");
        if (root < 0)
            return Other;
        if (segments[root] is "app" or "orgs" or "users")
            return "app";

        var below = root + (segments[root] == "repos" ? 3 : 2);
        var subject = Subjects.GetValueOrDefault(below < segments.Length ? segments[below] : "", Other);
        if (subject == "pull_requests" && segments[^1] is "reviews" or "files")
            subject = segments[^1];
        if (subject == "commit_statuses" && segments[^1] is "check-runs")
            subject = "check_runs";
        if (subject is Other or "app")
            return subject;
        return (request.Method == HttpMethod.Get ? "read_" : "write_") + subject;
    }
}
