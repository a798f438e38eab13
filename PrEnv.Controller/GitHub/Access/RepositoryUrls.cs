using System.Buffers;
using System.Globalization;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Access;

/// <summary>The addresses below a repository. Owner, name and commit come from users and must not lead elsewhere.</summary>
internal static class RepositoryUrls
{
    /// <summary>The most that GitHub allows on a page of a list.</summary>
    public const int PageSize = 100;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly GitHubFault NoName =
        new(GitHubFaultKind.NotFound, "spec.githubPRRepository has an owner or name that no repository can have.");

    /// <summary>
    /// The first page of open pull requests, newest first. A newly opened one then changes every page, including the last: if the oldest
    /// were first, a full last page would stay the same, and its 304 would hide the page after it.
    /// </summary>
    public static Uri OpenPullRequests(RepositoryAccess access, int size = PageSize) =>
        Below(access, string.Create(
            CultureInfo.InvariantCulture, $"pulls?state=open&sort=created&direction=desc&per_page={size}"));

    /// <summary>One pull request.</summary>
    public static Uri PullRequest(RepositoryAccess access, int number) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"pulls/{number}"));

    /// <summary>Where a commit's statuses are posted.</summary>
    public static Uri NewStatus(RepositoryAccess access, string sha) => Below(access, $"statuses/{sha}");

    /// <summary>A commit's statuses of all contexts, newest first.</summary>
    public static Uri Statuses(RepositoryAccess access, string sha, int size = PageSize) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"commits/{sha}/statuses?per_page={size}"));

    /// <summary>A commit's newest status of each context.</summary>
    public static Uri CombinedStatus(RepositoryAccess access, string sha, int size = PageSize) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"commits/{sha}/status?per_page={size}"));

    /// <summary>A commit's newest check runs of each App; with a name, those alone that have it.</summary>
    public static Uri CheckRuns(RepositoryAccess access, string sha, string? name, int size = PageSize)
    {
        var filter = name is null ? "" : $"check_name={Uri.EscapeDataString(name)}&";
        return Below(
            access, string.Create(CultureInfo.InvariantCulture, $"commits/{sha}/check-runs?{filter}filter=latest&per_page={size}"));
    }

    /// <summary>The repository itself, with a trailing slash.</summary>
    public static Uri Repository(RepositoryAccess access) => Below(access, "");

    /// <summary>An App's installation.</summary>
    /// <param name="access">The API.</param>
    /// <param name="kind"><c>orgs</c> or <c>users</c>.</param>
    /// <param name="owner">The account that installed it.</param>
    public static Uri Installation(RepositoryAccess access, string kind, string owner) =>
        IsName(owner) ? new Uri(access.ApiUrl, $"{kind}/{owner}/installation") : throw new GitHubFaultException(NoName);

    /// <summary>An App's installation, by its number.</summary>
    public static Uri Installation(RepositoryAccess access, string installation) =>
        new(access.ApiUrl, $"app/installations/{installation}");

    /// <summary>The address from which an App's installation gets its tokens.</summary>
    public static Uri AccessTokens(RepositoryAccess access, string installation) =>
        new(access.ApiUrl, $"app/installations/{installation}/access_tokens");

    /// <summary>Does that request only ask for a token? It is a POST, but changes nothing that anyone sees.</summary>
    public static bool IsAccessTokens(HttpRequestMessage request) =>
        request.RequestUri?.AbsolutePath.EndsWith("/access_tokens", StringComparison.Ordinal) == true;

    /// <summary>Is that an owner and a name, with a slash between?</summary>
    public static bool IsFullName(string? name) => name?.Split('/') is [var owner, var repository] && IsName(owner) && IsName(repository);

    /// <summary>A pull request's reviews, oldest first.</summary>
    public static Uri Reviews(RepositoryAccess access, int number, int size = PageSize) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"pulls/{number}/reviews?per_page={size}"));

    /// <summary>The files that a pull request changes, by path.</summary>
    public static Uri Files(RepositoryAccess access, int number, int size = PageSize) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"pulls/{number}/files?per_page={size}"));

    /// <summary>What a user may do with the repository.</summary>
    public static Uri Permission(RepositoryAccess access, string login) =>
        Below(access, $"collaborators/{Uri.EscapeDataString(login)}/permission");

    /// <summary>A pull request's comments, oldest first.</summary>
    public static Uri Comments(RepositoryAccess access, int number, int size = PageSize) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"issues/{number}/comments?per_page={size}"));

    /// <summary>The comments on all issues and pull requests that were written or changed since then, in that order.</summary>
    public static Uri CommentsSince(RepositoryAccess access, DateTimeOffset since, int size = PageSize) =>
        Below(access, string.Create(
            CultureInfo.InvariantCulture,
            $"issues/comments?since={since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}&sort=updated&direction=asc&per_page={size}"));

    /// <summary>Where comments on a pull request are posted.</summary>
    public static Uri NewComment(RepositoryAccess access, int number) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"issues/{number}/comments"));

    /// <summary>One comment.</summary>
    public static Uri Comment(RepositoryAccess access, long id) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"issues/comments/{id}"));

    /// <summary>Where reactions to a comment are posted.</summary>
    public static Uri Reactions(RepositoryAccess access, long id) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"issues/comments/{id}/reactions"));

    /// <summary>Where deployments are posted.</summary>
    public static Uri NewDeployment(RepositoryAccess access) => Below(access, "deployments");

    /// <summary>The deployments of one commit to one environment, newest first.</summary>
    public static Uri Deployments(RepositoryAccess access, string sha, string environment, int size = PageSize) =>
        Below(access, string.Create(
            CultureInfo.InvariantCulture, $"deployments?sha={sha}&environment={Uri.EscapeDataString(environment)}&per_page={size}"));

    /// <summary>All deployments to one environment, newest first.</summary>
    public static Uri Deployments(RepositoryAccess access, string environment, int size = PageSize) =>
        Below(access, string.Create(
            CultureInfo.InvariantCulture, $"deployments?environment={Uri.EscapeDataString(environment)}&per_page={size}"));

    /// <summary>One deployment.</summary>
    public static Uri Deployment(RepositoryAccess access, long id) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"deployments/{id}"));

    /// <summary>An environment.</summary>
    public static Uri Environment(RepositoryAccess access, string name) => Below(access, $"environments/{Uri.EscapeDataString(name)}");

    /// <summary>Where a deployment's statuses are posted.</summary>
    public static Uri DeploymentStatuses(RepositoryAccess access, long id) =>
        Below(access, string.Create(CultureInfo.InvariantCulture, $"deployments/{id}/statuses"));

    /// <summary>Throws <see cref="GitHubFaultException"/> for names that would lead out of the repository.</summary>
    private static Uri Below(RepositoryAccess access, string path) =>
        IsName(access.Owner) && IsName(access.Name)
            ? new Uri(access.ApiUrl, $"repos/{access.Owner}/{access.Name}/{path}")
            : throw new GitHubFaultException(NoName);

    private static bool IsName(string name) =>
        name is not ("" or "." or "..") && !name.AsSpan().ContainsAnyExcept(NameCharacters);
}
