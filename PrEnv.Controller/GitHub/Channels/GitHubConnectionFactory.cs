using System.Buffers;
using System.Net;
using Octokit;
using Octokit.Internal;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Controller.Leadership;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Channels;

/// <summary>
/// Builds Octokit connections on one shared pool of sockets. <c>GitHubClient</c> would append <c>/api/v3/</c> to any host but GitHub's
/// own; a <see cref="Connection"/> takes the URL as it is.
/// </summary>
internal sealed class GitHubConnectionFactory(
    GitHubClientOptions options, PageCache cache, TimeProvider timeProvider, IWriteFence fence, ILogger<GitHubConnectionFactory> logger) : IDisposable
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

    /// <summary>Can this be sent as a token? Anything else would make the HTTP client quote it in an exception.</summary>
    public static bool IsSendable(GitHubCredential credential) =>
        credential.Token is null || (credential.Token.Length > 0 && !credential.Token.AsSpan().ContainsAnyExcept(TokenCharacters));

    /// <summary>A connection that honours <paramref name="limits"/>. It owns nothing that must be disposed of.</summary>
    public IConnection Create(Uri apiUrl, GitHubCredential credential, RateLimitState limits)
    {
        var credentials = credential.Token is { } token ? new Credentials(token) : Credentials.Anonymous;
        return new Connection(
            new ProductHeaderValue("prenv"),
            apiUrl,
            new InMemoryCredentialStore(credentials),
            new HttpClientAdapter(() => Chain(apiUrl, credential, limits)),
            new SimpleJsonSerializer());
    }

    public void Dispose() => _sockets.Dispose();

    /// <summary>Outermost first.</summary>
    private HttpMessageHandler Chain(Uri apiUrl, GitHubCredential credential, RateLimitState limits)
    {
        DelegatingHandler[] chain =
        [
            new AnswerHandler(),
            new ConditionalHandler(cache, credential.Id),
            new RateLimitHandler(limits, credential.Id, logger),
            new DeadlineHandler(options.RequestTimeout, options.MaxResponseBytes, timeProvider),
            new RequestHandler(apiUrl),
            new FencingHandler(fence, static () => new GitHubFaultException(new GitHubFault(UnavailableReason.ServerError, FencingHandler.Message))),
        ];
        HttpMessageHandler inner = _sockets;
        foreach (var handler in chain.Reverse())
        {
            handler.InnerHandler = inner;
            inner = handler;
        }

        return inner;
    }
}
