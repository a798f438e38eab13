using System.Net.Http.Headers;
using k8s.Authentication;
using PrEnv.Controller.Kubernetes.Client;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>
/// A bearer token in a file that another process renews, as the kubelet does. Read again every minute and once the API server has
/// rejected the token; while it cannot be read, the token from before is used. Thread-safe.
/// </summary>
internal sealed class TokenFile(string path, TimeProvider time) : ITokenProvider, IRenewableToken
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private volatile Reading? _last;

    /// <exception cref="IOException">It has never been read, and cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_last is not { } last || now - last.At >= Lifetime)
            _last = last = Read(now);
        return Task.FromResult(new AuthenticationHeaderValue("Bearer", last.Token));
    }

    public void Reject(string? token)
    {
        if (_last is { } last && last.Token == token)
            _last = last with { At = DateTimeOffset.MinValue };
    }

    private Reading Read(DateTimeOffset now)
    {
        try
        {
            return new Reading(File.ReadAllText(path).Trim(), now);
        }
        catch (Exception e) when (_last is not null && e is IOException or UnauthorizedAccessException)
        {
            return _last with { At = now };
        }
    }

    private sealed record Reading(string Token, DateTimeOffset At);
}
