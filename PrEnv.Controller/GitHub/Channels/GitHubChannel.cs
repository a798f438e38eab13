using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Octokit;
using PrEnv.Controller.GitHub.Budgets;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Controller.GitHub.Json;

namespace PrEnv.Controller.GitHub.Channels;

/// <summary>An answer and the page after it.</summary>
internal readonly record struct Page<T>(T Value, Uri? Next);

/// <summary>
/// The only way to GitHub for one credential, or for one repository of an App: one request at a time, within its limits. Throws <see
/// cref="GitHubFaultException"/> and
/// <see cref="OperationCanceledException"/>, the latter only for the caller's token.
/// </summary>
internal sealed partial class GitHubChannel(
    IConnection connection, Uri apiUrl, PageCache cache, CredentialBudget budget, MovedRepositories moved, ILogger logger)
{
    private static readonly ImmutableDictionary<string, string> NoParameters = ImmutableDictionary<string, string>.Empty;

    /// <summary>What it shares with the other channels of its credential.</summary>
    public CredentialBudget Budget => budget;

    /// <summary>The rate limit in force; null when requests may be sent.</summary>
    public GitHubFault? Limit => budget.Limits.Current;

    /// <summary>Takes one write from the budget; or returns how long to wait for the next one.</summary>
    public bool TryTakeWrite(out TimeSpan wait) => budget.Writes.TryTake(out wait);

    /// <summary>The current location of that repository if it was renamed or transferred; null if it was not.</summary>
    public Uri? MovedTo(Uri repository) => moved.Find(repository);

    /// <summary>
    /// A conditional GET. The value must be immutable: a page that has not changed is not parsed again by the same delegate. What does not
    /// parse is forgotten, or GitHub would confirm it with 304 forever.
    /// </summary>
    public async Task<Page<T>> GetAsync<T>(Uri uri, Func<Stream, T> parse, CancellationToken cancellationToken)
    {
        var response = await InTurnAsync(
            token => connection.Get<Stream>(uri, null, RequestHandler.MediaType, token), cancellationToken);
        try
        {
            var value = response.Body is CachedBody cached ? cached.Page.Read(parse) : parse(response.Body ?? Stream.Null);
            return new Page<T>(value, response.HttpResponse.ApiInfo.GetNextPageUrl());
        }
        catch (JsonException)
        {
            Forget(uri);
            throw new GitHubFaultException(GitHubFault.Malformed("its JSON is invalid or has an unexpected structure"));
        }
        catch (GitHubFaultException)
        {
            Forget(uri);
            throw;
        }
    }

    /// <summary>Makes the next request for that address unconditional, and those for the pages after it.</summary>
    public void ForgetFrom(Uri first)
    {
        var visited = new HashSet<Uri>();
        for (var next = first; next is not null && visited.Add(next);)
        {
            var link = cache.Find(new PageKey(next.AbsoluteUri, budget.CredentialId))?.Link;
            Forget(next);
            next = link is null ? null : LinkHeader.Next([link], next, apiUrl);
        }
    }

    /// <summary>Makes the next request for that address unconditional.</summary>
    private void Forget(Uri uri) => cache.Forget(new PageKey(uri.AbsoluteUri, budget.CredentialId));

    /// <summary>
    /// Posts, patches or deletes, and reads the answer. A patch or a deletion that is cancelled may still be carried out: Octokit takes no
    /// token for it.
    /// </summary>
    public async Task<(T Value, HttpStatusCode Status)> SendAsync<T>(
        HttpMethod method, Uri uri, JsonBody? json, Func<Stream, T> parse, CancellationToken cancellationToken)
    {
        using var body = json?.ToContent();
        var response = await InTurnAsync(
            token => method.Method switch
            {
                "PATCH" => connection.Patch<Stream>(uri, body, RequestHandler.MediaType).WaitAsync(token),
                "DELETE" => connection.Delete<Stream>(uri, null, RequestHandler.MediaType).WaitAsync(token),
                _ => connection.Post<Stream>(uri, body, RequestHandler.MediaType, "application/json", NoParameters, token),
            },
            cancellationToken);
        try
        {
            return (parse(response.Body ?? Stream.Null), response.HttpResponse.StatusCode);
        }
        catch (JsonException)
        {
            throw new GitHubFaultException(
                GitHubFault.Malformed("its JSON is invalid or has an unexpected structure") with { IsOutcomeUnknown = true });
        }
    }

    private async Task<IApiResponse<Stream>> InTurnAsync(
        Func<CancellationToken, Task<IApiResponse<Stream>>> send, CancellationToken cancellationToken)
    {
        using var turn = await budget.Gate.EnterAsync(cancellationToken);
        try
        {
            return await send(cancellationToken);
        }
        catch (GitHubFaultException)
        {
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            throw new GitHubFaultException(TransportFaults.Timeout);
        }
        catch (Exception e)
        {
            // Octokit parses headers that we do not read. If that fails, the text of its exception must not be passed on.
            Unforeseen(logger, e.GetType().Name);
            throw new GitHubFaultException(new GitHubFault(
                GitHubFaultKind.Malformed, "A request to GitHub failed unexpectedly; see the log for the type of error.")
            {
                IsOutcomeUnknown = true,
            });
        }
    }

    // By its type only: its text may quote a header or a body.
    [LoggerMessage(Level = LogLevel.Error, Message = "A request to GitHub failed unexpectedly: {ExceptionType}")]
    private static partial void Unforeseen(ILogger logger, string exceptionType);
}
