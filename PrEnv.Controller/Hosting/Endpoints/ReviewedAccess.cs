using System.Security.Cryptography;
using System.Text;
using PrEnv.Controller.Kubernetes.Access;
using PrEnv.Core.Objects;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Hosting.Endpoints;

/// <summary>
/// Serves an endpoint only to those who the API server says may get its path: 401 without a token that it knows, 403 without the
/// permission, and 503 while it does not answer. What it has said is kept for a short while. Thread-safe.
/// </summary>
internal sealed partial class ReviewedAccess(IAccessReviewer reviewer, TimeProvider time, ILogger<ReviewedAccess> logger) : IDisposable
{
    /// <summary>How long a permission that was taken away still counts.</summary>
    public static readonly TimeSpan AllowedFor = TimeSpan.FromMinutes(1);

    /// <summary>How long a refusal is repeated without asking again.</summary>
    public static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(10);

    /// <summary>So many answers are kept of each kind, whatever is sent.</summary>
    public const int Capacity = 256;

    /// <summary>So many reviews at once: whoever invents tokens must not flood the API server.</summary>
    private const int Concurrency = 4;

    private const string Scheme = "Bearer ";

    private readonly ExpiringMap<string, AccessDecision> _allowed = new(time, AllowedFor, Capacity);
    private readonly ExpiringMap<string, AccessDecision> _refused = new(time, RefusedFor, Capacity);
    private readonly SemaphoreSlim _reviews = new(Concurrency);
    private bool _isUnanswered;

    /// <summary>The same endpoint, behind the review.</summary>
    public RequestDelegate Guard(RequestDelegate next) => async context =>
    {
        var status = await CheckAsync(context);
        if (status == StatusCodes.Status200OK)
        {
            await next(context);
            return;
        }

        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        context.Response.StatusCode = status;
    };

    public void Dispose() => _reviews.Dispose();

    private async Task<int> CheckAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (token.Length == 0)
            return StatusCodes.Status401Unauthorized;
        try
        {
            return await DecideAsync(token, context.Request.Path.Value!.TrimEnd('/'), context.RequestAborted) switch
            {
                AccessDecision.Allowed => StatusCodes.Status200OK,
                AccessDecision.Forbidden => StatusCodes.Status403Forbidden,
                _ => StatusCodes.Status401Unauthorized,
            };
        }
        catch (ApiStatusException failed)
        {
            // Not with every request: Prometheus asks again and again.
            if (!Interlocked.Exchange(ref _isUnanswered, true))
                LogUnreviewed(context.Request.Path, failed.Status.Message);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task<AccessDecision> DecideAsync(string token, string path, CancellationToken cancellationToken)
    {
        // The token itself is not kept.
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))) + path;
        if (TryGet(key, out var known))
            return known;
        await _reviews.WaitAsync(cancellationToken);
        try
        {
            // While this one waited, another may have asked the same.
            if (TryGet(key, out known))
                return known;
            var decision = await reviewer.ReviewAsync(token, path, cancellationToken);
            Interlocked.Exchange(ref _isUnanswered, false);
            (decision == AccessDecision.Allowed ? _allowed : _refused).Set(key, decision);
            return decision;
        }
        finally
        {
            _reviews.Release();
        }
    }

    private bool TryGet(string key, out AccessDecision decision) =>
        _allowed.TryGet(key, out decision) || _refused.TryGet(key, out decision);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Cannot check who may read {Path}, so nobody may: {Reason} The controller needs the permissions of "
            + "manifests/components/metrics-auth")]
    private partial void LogUnreviewed(string path, string reason);
}
