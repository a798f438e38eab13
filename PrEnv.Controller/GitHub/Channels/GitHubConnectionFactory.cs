using System.Buffers;
using System.Net;
using Octokit;
using Octokit.Internal;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Budgets;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Controller.Http;
using PrEnv.Core.LeaderElection;

namespace PrEnv.Controller.GitHub.Channels;

/// <summary>
/// Builds Octokit connections on one shared pool of sockets. Octokit, GitHub's own client for .NET, is used for this alone: a
/// <see cref="Connection"/> forms the request, sends it through the handlers below, and gives the answer back with its status and links.
/// Its typed clients are left out, because they would follow a link to any host with the token, take no cancellation, throw on a null where
/// they have a value type, and append <c>/api/v3/</c> to any host but GitHub's own. What GitHub's API needs beyond HTTP is in the handlers,
/// which would survive a change of client.
/// </summary>
internal sealed class GitHubConnectionFactory(
    GitHubClientOptions options, PageCache cache, TimeProvider timeProvider, IWriteFence fence,
    ILogger<GitHubConnectionFactory> logger) : IDisposable
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create(Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).ToArray());

    private readonly SocketsHttpHandler _sockets = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>Can this be sent as a token? If not, the HTTP client would quote it in an exception.</summary>
    public static bool IsSendable(string? token) =>
        token is null || (token.Length > 0 && !token.AsSpan().ContainsAnyExcept(TokenCharacters));

    /// <summary>A connection within a budget. It owns nothing that must be disposed of.</summary>
    /// <param name="apiUrl">Base of the REST API.</param>
    /// <param name="tokens">The source of tokens; null to send none.</param>
    /// <param name="budget">Limits that it respects.</param>
    /// <param name="moved">Repositories that were renamed.</param>
    public IConnection Create(Uri apiUrl, ITokenSource? tokens, CredentialBudget budget, MovedRepositories moved) =>
        new Connection(
            new ProductHeaderValue("prenv"),
            apiUrl,
            new InMemoryCredentialStore(Credentials.Anonymous),
            new HttpClientAdapter(() => Chain(apiUrl, tokens, budget, moved)),
            new SimpleJsonSerializer());

    public void Dispose() => _sockets.Dispose();

    /// <summary>Outermost first.</summary>
    private HttpMessageHandler Chain(Uri apiUrl, ITokenSource? tokens, CredentialBudget budget, MovedRepositories moved)
    {
        List<DelegatingHandler> chain =
        [
            new AnswerHandler(apiUrl),
            new ConditionalHandler(cache, budget, timeProvider),
            new RedirectHandler(moved, apiUrl),
            new RateLimitHandler(budget, logger),
            new DeadlineHandler(options.RequestTimeout, options.MaxResponseBytes, timeProvider),
            new RequestHandler(apiUrl),
            new FencingHandler(
                fence, static () => new GitHubFaultException(new GitHubFault(GitHubFaultKind.Unreachable, FencingHandler.Message)),
                RepositoryUrls.IsAccessTokens),
        ];
        if (tokens is not null)
            chain.Insert(chain.FindIndex(handler => handler is RateLimitHandler), new AuthorizationHandler(tokens));

        HttpMessageHandler inner = _sockets;
        foreach (var handler in Enumerable.Reverse(chain))
        {
            handler.InnerHandler = inner;
            inner = handler;
        }

        return inner;
    }
}
