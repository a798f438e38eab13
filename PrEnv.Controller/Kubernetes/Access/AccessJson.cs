using System.Text.Json.Serialization;

namespace PrEnv.Controller.Kubernetes.Access;

/// <summary>JSON of reviews, by source generation.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenReviewBody))]
[JsonSerializable(typeof(AccessReviewBody))]
internal sealed partial class AccessJson : JsonSerializerContext;

/// <summary><c>authentication.k8s.io/v1 TokenReview</c>.</summary>
internal sealed record TokenReviewBody(string ApiVersion, string Kind, TokenReviewSpec? Spec, TokenReviewStatus? Status = null);

internal sealed record TokenReviewSpec(string Token);

internal sealed record TokenReviewStatus(bool? Authenticated, ReviewedUser? User);

/// <summary>Whose token it is.</summary>
internal sealed record ReviewedUser(
    string? Username, string? Uid, IReadOnlyList<string>? Groups, IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra);

/// <summary><c>authorization.k8s.io/v1 SubjectAccessReview</c>.</summary>
internal sealed record AccessReviewBody(string ApiVersion, string Kind, AccessReviewSpec? Spec, AccessReviewStatus? Status = null);

internal sealed record AccessReviewSpec(
    string? User, string? Uid, IReadOnlyList<string>? Groups, IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra,
    NonResourceAttributes NonResourceAttributes);

internal sealed record NonResourceAttributes(string Path, string Verb);

internal sealed record AccessReviewStatus(bool? Allowed);
