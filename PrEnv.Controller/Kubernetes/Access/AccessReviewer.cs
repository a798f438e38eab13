using System.Text.Json;
using PrEnv.Controller.Kubernetes.Client;

namespace PrEnv.Controller.Kubernetes.Access;

/// <summary>
/// A TokenReview, then a SubjectAccessReview, as controller-runtime does for its metrics. Both are requests that are answered and leave
/// nothing behind.
/// </summary>
internal sealed class AccessReviewer(RawKubernetes client) : IAccessReviewer
{
    private static readonly ApiResource Tokens = new("authentication.k8s.io", "v1", "tokenreviews");
    private static readonly ApiResource Access = new("authorization.k8s.io", "v1", "subjectaccessreviews");

    /// <summary>Is it a request of this kind, which any instance may send, whoever leads?</summary>
    public static bool IsReview(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post
        && request.RequestUri?.AbsolutePath is { } path
        && (path.EndsWith('/' + Tokens.CollectionPath(null), StringComparison.Ordinal)
            || path.EndsWith('/' + Access.CollectionPath(null), StringComparison.Ordinal));

    /// <inheritdoc/>
    public async Task<AccessDecision> ReviewAsync(string token, string path, CancellationToken cancellationToken)
    {
        var asked = new TokenReviewBody(Tokens.ApiVersion, "TokenReview", new TokenReviewSpec(token));
        var body = JsonSerializer.SerializeToUtf8Bytes(asked, AccessJson.Default.TokenReviewBody);
        var review = await client.SendAsync(
            ApiRequest.Post(Tokens.CollectionPath(null), body), AccessJson.Default.TokenReviewBody, cancellationToken);
        if (review.Value.Status is not { Authenticated: true, User: { } user })
            return AccessDecision.Unauthenticated;

        var spec = new AccessReviewSpec(user.Username, user.Uid, user.Groups, user.Extra, new NonResourceAttributes(path, "get"));
        body = JsonSerializer.SerializeToUtf8Bytes(
            new AccessReviewBody(Access.ApiVersion, "SubjectAccessReview", spec), AccessJson.Default.AccessReviewBody);
        var answer = await client.SendAsync(
            ApiRequest.Post(Access.CollectionPath(null), body), AccessJson.Default.AccessReviewBody, cancellationToken);
        return answer.Value.Status is { Allowed: true } ? AccessDecision.Allowed : AccessDecision.Forbidden;
    }
}
