using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Http;

/// <summary>
/// The last handler before a request is sent: requests that would change something are sent only while this process may change something.
/// </summary>
/// <param name="fence">Says whether it may.</param>
/// <param name="refusal">The exception for a request that is not sent.</param>
/// <param name="isHarmless">True for a request that changes nothing although its method may; default: none is.</param>
internal sealed class FencingHandler(
    IWriteFence fence, Func<Exception> refusal, Func<HttpRequestMessage, bool>? isHarmless = null) : DelegatingHandler
{
    /// <summary>Why a request was not sent, for people.</summary>
    public const string Message = "Not sent: this process is no longer the leader.";

    /// <summary>The same, as a status of the API server.</summary>
    public static ApiStatus Status { get; } = new(0, "NotLeading", Message);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || fence.IsOpen || isHarmless?.Invoke(request) == true
            ? base.SendAsync(request, cancellationToken)
            : Task.FromException<HttpResponseMessage>(refusal());
}
