using System.Collections.Immutable;
using PrEnv.Sandbox.GitHub.Endpoints;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.Hooks;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.GitHub;

/// <summary>
/// A stateful double of GitHub's REST API over HTTP on loopback: repositories, pull requests, reviews, comments, commit statuses,
/// deployments, tokens, Apps, webhooks, ETags, rate limits, renames, and faults on demand. Thread-safe. A GitHub Enterprise path,
/// <c>/api/v3/</c>, in front of everything is understood too.
/// <para>
/// What people would do on GitHub's pages is done by methods here, or by JSON over HTTP under <c>/_sandbox/</c>:
/// see <see cref="AdminEndpoints"/>.
/// </para>
/// <para>
/// Not there: search, GraphQL. The embedded objects carry every field that
/// GitHub's OpenAPI description requires; those that no client of a PR controller reads are constant.
/// </para>
/// </summary>
internal sealed class GitHubServer : IAsyncDisposable
{
    private readonly GitHubServerOptions _options;
    private readonly ChangeSignal _changed = new();
    private readonly GitHubState _state;
    private readonly PullRequestBook _pullRequests;
    private readonly Conversation _conversation;
    private readonly CheckBook _checks;
    private readonly RateLimits _limits;
    private readonly AppBook _apps;
    private readonly WebhookSender _webhooks;
    private readonly MergeQueue _mergeQueue;
    private LoopbackHost? _host;

    private GitHubServer(GitHubServerOptions options)
    {
        _options = options;
        PublicBaseUrl = options.PublicBaseUrl;
        _state = new GitHubState(options.TimeProvider, _changed);
        _pullRequests = new PullRequestBook(_state);
        _apps = new AppBook(_state);
        _webhooks = new WebhookSender(_changed);
        _mergeQueue = new MergeQueue(_state, _webhooks);
        _conversation = new Conversation(_state);
        _checks = new CheckBook(_state);
        _limits = new RateLimits(options.TimeProvider, options.RequestsPerHour, options.AnonymousRequestsPerHour);
        Requests = new RequestLog(_changed);
        Faults = new FaultPlan(_changed);
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri BaseUrl => _host!.BaseUrl;

    /// <summary>What URLs in answers start with; null takes the authority of each request.</summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>Everything that was asked under GitHub's API.</summary>
    public RequestLog Requests { get; }

    /// <summary>What shall go wrong.</summary>
    public FaultPlan Faults { get; }

    public static async Task<GitHubServer> StartAsync(GitHubServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new GitHubServer(options ?? new GitHubServerOptions());
        server._host = await LoopbackHost.StartAsync(
            server._options.Port, server.Configure, cancellationToken, server._options.Certificate);
        return server;
    }

    /// <summary>Null for the id takes the next one.</summary>
    public GitHubRepository CreateRepository(string owner, string name, bool isPrivate = false, long? id = null) =>
        _state.CreateRepository(owner, name, isPrivate, id);

    /// <summary>Renames, or transfers to another owner: the old name redirects.</summary>
    public GitHubRepository RenameRepository(string owner, string name, string newOwner, string newName) =>
        _state.RenameRepository(owner, name, newOwner, newName);

    public void DeleteRepository(string owner, string name) => _state.DeleteRepository(owner, name);

    public void SetPrivate(string owner, string name, bool isPrivate) => _state.SetPrivate(owner, name, isPrivate);

    /// <summary>Archives it: everything can be read, and nothing written.</summary>
    public void SetArchived(string owner, string name, bool isArchived = true) => _state.Change(owner, name, record =>
    {
        record.Change(info => info with { IsArchived = isArchived });
        return true;
    });

    /// <summary>A token that sees public repositories only, until <see cref="Grant"/>.</summary>
    public void AddToken(string token, string login = "octocat", TokenKind kind = TokenKind.Classic) => _state.AddToken(token, login, kind);

    /// <summary>From now on: 401.</summary>
    public void RevokeToken(string token) => _state.RevokeToken(token);

    public void Grant(string token, string owner, string name, AccessLevel level = AccessLevel.Push) =>
        _state.Grant(token, owner, name, level);

    /// <summary>Registers an App whose JWTs are signed with that key's counterpart.</summary>
    /// <param name="publicKey">RSA, PEM.</param>
    /// <param name="slug">Name; its bot is called <c>slug[bot]</c>.</param>
    public GitHubApp RegisterApp(string publicKey, string slug = "prenv") => _apps.Register(publicKey, slug);

    /// <summary>Installs an App for an organisation or a user. Null for the repositories: all of the owner's.</summary>
    public AppInstallation InstallApp(
        GitHubApp app, string owner, IReadOnlyDictionary<string, string> permissions, IEnumerable<string>? repositories = null,
        bool isOrganization = true) => _apps.Install(app, owner, isOrganization, permissions, repositories);

    /// <summary>For example <c>i => i with { IsSuspended = true }</c>.</summary>
    public void ChangeInstallation(long installation, Func<AppInstallation, AppInstallation> change) => _apps.Change(installation, change);

    public void UninstallApp(long installation) => _apps.Uninstall(installation);

    /// <summary>The tokens that Apps were given, in order.</summary>
    public IReadOnlyList<string> InstallationTokens => _apps.Minted;

    /// <summary>From now on, changes of that repository's pull requests are delivered there; and a ping at once.</summary>
    public void AddWebhook(string owner, string name, Uri url, string secret)
    {
        var repository = _state.Read(owner, name, record => record.Info);
        _webhooks.Add(new Webhook(repository.FullName, url, secret));
        _webhooks.Tell(repository.FullName, "ping", "", () => WebhookBodies.Ping(repository, WebhookBaseUrl));
    }

    /// <summary>What was delivered, in order, with the receiver's last answer.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _webhooks.Deliveries;

    /// <summary>The same delivery once more, as somebody does by hand.</summary>
    public void Redeliver(Guid id) => _webhooks.Redeliver(id);

    public GitHubPullRequest OpenPullRequest(string owner, string name, NewPullRequest? request = null) =>
        Told(owner, name, "opened", _pullRequests.Open(owner, name, request ?? new NewPullRequest()));

    /// <summary>A new head commit; null makes one. With files: what the pull request changes now.</summary>
    public GitHubPullRequest Push(string owner, string name, int number, string? sha = null, IReadOnlyList<string>? files = null) =>
        Told(owner, name, "synchronize", _pullRequests.Push(owner, name, number, sha, files));

    /// <summary>Pushes, and gives the body of the delivery that tells of it.</summary>
    public byte[] PushAndDescribe(string owner, string name, int number)
    {
        var pushed = Push(owner, name, number);
        return WebhookBodies.PullRequest(_state.Read(owner, name, record => record.Info), pushed, "synchronize", WebhookBaseUrl);
    }

    public GitHubPullRequest Close(string owner, string name, int number) =>
        Told(owner, name, "closed", _pullRequests.Close(owner, name, number, merge: false));

    public GitHubPullRequest Merge(string owner, string name, int number) =>
        Told(owner, name, "closed", _pullRequests.Close(owner, name, number, merge: true));

    /// <summary>Puts a pull request into the merge queue, and gives the head commit of its group.</summary>
    public string QueueForMerge(string owner, string name, int number) => _mergeQueue.Add(owner, name, number, WebhookBaseUrl);

    /// <summary>The group of that commit is gone: <c>merged</c>, <c>invalidated</c> or <c>dequeued</c>. It merges nothing.</summary>
    public void DestroyMergeGroup(string owner, string name, int number, string sha, string reason = "merged") =>
        _mergeQueue.Destroy(owner, name, number, sha, reason, WebhookBaseUrl);

    public GitHubPullRequest Reopen(string owner, string name, int number) =>
        Told(owner, name, "reopened", _pullRequests.Reopen(owner, name, number));

    /// <summary>Any other change, for example <c>pr => pr with { IsDraft = false }</c>; one thing at a time, as people do it.</summary>
    public GitHubPullRequest Update(string owner, string name, int number, Func<GitHubPullRequest, GitHubPullRequest> change)
    {
        var before = FindPullRequest(owner, name, number);
        var after = _pullRequests.Update(owner, name, number, change);
        return Told(owner, name, ActionOf(before!, after), after);
    }

    /// <summary>
    /// From now on, the API shows the repository's pull requests as they are at this moment, whatever is done to them and delivered about
    /// them; or, with false, as they are.
    /// </summary>
    public void LagBehind(string owner, string name, bool isBehind = true) => _state.Change(owner, name, record =>
    {
        record.Behind = isBehind ? record.PullRequests.ToImmutableSortedDictionary() : null;
        return true;
    });

    public GitHubPullRequest? FindPullRequest(string owner, string name, int number) =>
        _state.Read(owner, name, record => record.PullRequests.GetValueOrDefault(number));

    /// <summary>All of them, open or not, by number.</summary>
    public IReadOnlyList<GitHubPullRequest> PullRequests(string owner, string name) =>
        _state.Read(owner, name, record => record.PullRequests.Values.ToArray());

    /// <summary>A commit that no pull request has, so that it can bear statuses.</summary>
    public void AddCommit(string owner, string name, string sha) => _state.Change(owner, name, record =>
    {
        record.AddCommit(sha);
        return true;
    });

    /// <summary>As if somebody had posted so many statuses: a thousand are all that GitHub takes.</summary>
    public void AddStatuses(string owner, string name, string sha, string context, int count = 1000) => _state.Change(owner, name, record =>
    {
        for (var i = 0; i < count; i++)
            record.Add(new PostedStatus(_state.NextId(), sha, "pending", context, null, null, "octocat", _state.Now));
        return true;
    });

    /// <summary>
    /// What a CI system does: begins a check, or, with a conclusion such as <c>success</c>, completes it. What has completed begins again
    /// as another attempt.
    /// </summary>
    public GitHubCheckRun RunCheck(
        string owner, string name, string sha, string check, string? conclusion = null, string app = "github-actions")
    {
        var (run, isNew) = _checks.Put(owner, name, sha, check, conclusion, app);
        var repository = _state.Read(owner, name, record => record.Info);
        var action = conclusion is not null ? "completed" : isNew ? "created" : "in_progress";
        // GitHub delivers nothing when a check merely goes on.
        if (action != "in_progress")
        {
            _webhooks.Tell(
                repository.FullName, "check_run", action, () => WebhookBodies.CheckRun(repository, run, action, WebhookBaseUrl));
        }

        return run;
    }

    /// <summary>A commit status of another tool: <c>error</c>, <c>failure</c>, <c>pending</c> or <c>success</c>.</summary>
    public PostedStatus PostStatus(string owner, string name, string sha, string context, string state)
    {
        var posted = _checks.Post(owner, name, sha, context, state);
        var repository = _state.Read(owner, name, record => record.Info);
        _webhooks.Tell(repository.FullName, "status", "", () => WebhookBodies.Status(repository, posted, WebhookBaseUrl));
        return posted;
    }

    /// <summary>What was posted, oldest first; of one commit, or of all.</summary>
    public IReadOnlyList<PostedStatus> Statuses(string owner, string name, string? sha = null) =>
        _state.Read(owner, name, record => record.Statuses.Where(status => sha is null || status.Sha == sha).ToArray());

    /// <summary>
    /// A review: <c>APPROVED</c>, <c>CHANGES_REQUESTED</c> or <c>COMMENTED</c>; null for the commit takes the present head.
    /// </summary>
    public GitHubReview Review(string owner, string name, int number, string reviewer, string verdict = "APPROVED", string? sha = null) =>
        _conversation.Review(owner, name, number, reviewer, verdict, sha);

    public GitHubReview DismissReview(string owner, string name, int number, long id) => _conversation.Dismiss(owner, name, number, id);

    /// <summary>What a user may do: <c>admin</c>, <c>maintain</c>, <c>write</c>, <c>triage</c>, <c>read</c> or <c>none</c>.</summary>
    public void SetRole(string owner, string name, string login, string role) => _conversation.SetRole(owner, name, login, role);

    /// <summary>What a person writes.</summary>
    public GitHubComment Comment(string owner, string name, int number, string author, string body) =>
        _conversation.Comment(owner, name, number, author, body);

    public void DeleteComment(string owner, string name, long id) => _conversation.Delete(owner, name, id);

    /// <summary>A pull request's comments, oldest first.</summary>
    public IReadOnlyList<GitHubComment> Comments(string owner, string name, int number) =>
        _state.Read(owner, name, record => record.Comments.Where(c => c.Number == number).ToArray());

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<GitHubDeployment> Deployments(string owner, string name) =>
        _state.Read(owner, name, record => record.Deployments.ToArray());

    /// <summary>Names of a repository's environments.</summary>
    public IReadOnlyList<string> Environments(string owner, string name) =>
        _state.Read(owner, name, record => record.Environments.Order(StringComparer.Ordinal).ToArray());

    /// <summary>Sets what remains of the primary limit, for a token or (null) for everybody without one.</summary>
    public void SetRateLimit(string? token, int remaining, TimeSpan resetIn) => _limits.Set(token, remaining, resetIn);

    public RateWindow RateLimit(string? token) => _limits.Peek(token);

    /// <summary>Completes once the condition holds. It is looked at after every change and every request.</summary>
    public Task UntilAsync(Func<GitHubServer, bool> condition, CancellationToken cancellationToken) =>
        _changed.UntilAsync(() => condition(this), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _webhooks.DisposeAsync();
        if (_host is { } host)
            await host.DisposeAsync();
    }

    private void Configure(WebApplication app)
    {
        var time = _options.TimeProvider;
        var secondary = _options.SecondaryLimits is { } limits ? new SecondaryLimiter(time, limits) : null;
        var gate = new ApiGate(_state, new AppTokens(_apps, time), _limits, secondary, BaseUrlFor);
        var log = new RequestLogMiddleware(Requests, time);
        var faults = new FaultMiddleware(Faults, time);
        app.UsePathBase("/api/v3");
        app.UseRouting();
        app.UseWhen(context => !context.Request.Path.StartsWithSegments(AdminEndpoints.Root, StringComparison.Ordinal), api =>
        {
            api.Use(log.InvokeAsync);
            api.Use(gate.InvokeAsync);
            api.Use(faults.InvokeAsync);
        });
        MapEndpoints(app);
    }

    private void MapEndpoints(WebApplication app)
    {
        var reply = new Reply(_limits);
        var routes = new RepositoryRoutes(app, _state);
        new RepositoryEndpoints(reply, _limits).Map(app, routes);
        new PullRequestEndpoints(_state, reply).Map(routes);
        new StatusEndpoints(_state, reply).Map(routes);
        new AppEndpoints(_apps, reply).Map(app);
        new ReviewEndpoints(_state, reply).Map(routes);
        new CommentEndpoints(_state, _conversation, reply).Map(routes);
        new RepositoryCommentEndpoints(_state, reply).Map(routes);
        new DeploymentEndpoints(_state, reply).Map(routes);
        new AdminEndpoints(this).Map(app);
        app.MapFallback("/{**path}", (RequestDelegate)Refusals.NotFoundAsync);
    }

    private string WebhookBaseUrl => (PublicBaseUrl ?? BaseUrl).AbsoluteUri.TrimEnd('/');

    private GitHubPullRequest Told(string owner, string name, string action, GitHubPullRequest pullRequest)
    {
        var repository = _state.Read(owner, name, record => record.Info);
        _webhooks.Tell(
            repository.FullName, "pull_request", action, () => WebhookBodies.PullRequest(repository, pullRequest, action, WebhookBaseUrl));
        return pullRequest;
    }

    private string BaseUrlFor(HttpRequest request) =>
        PublicBaseUrl?.AbsoluteUri.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}{request.PathBase}";

    // https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request
    private static string ActionOf(GitHubPullRequest before, GitHubPullRequest after) => (before, after) switch
    {
        ({ IsDraft: true }, { IsDraft: false }) => "ready_for_review",
        ({ IsDraft: false }, { IsDraft: true }) => "converted_to_draft",
        _ when after.Labels.Except(before.Labels, StringComparer.Ordinal).Any() => "labeled",
        _ when before.Labels.Except(after.Labels, StringComparer.Ordinal).Any() => "unlabeled",
        _ => "edited",
    };
}
