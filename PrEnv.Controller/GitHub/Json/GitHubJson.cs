using System.Text.Json.Serialization;

namespace PrEnv.Controller.GitHub.Json;

/// <summary>
/// JSON of GitHub's answers and of what is sent, by source generation. Octokit's own reader throws on a null where it has a value type.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PullRequestJson))]
[JsonSerializable(typeof(PullRequestJson[]))]
[JsonSerializable(typeof(StatusJson[]))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(InstallationJson))]
[JsonSerializable(typeof(InstallationTokenBody))]
[JsonSerializable(typeof(InstallationTokenJson))]
[JsonSerializable(typeof(RepositoryNameJson))]
[JsonSerializable(typeof(ReviewJson[]))]
[JsonSerializable(typeof(FileJson[]))]
[JsonSerializable(typeof(CheckRunsJson))]
[JsonSerializable(typeof(CombinedStatusJson))]
[JsonSerializable(typeof(PermissionJson))]
[JsonSerializable(typeof(CommentJson))]
[JsonSerializable(typeof(CommentJson[]))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(ReactionBody))]
[JsonSerializable(typeof(DeploymentJson))]
[JsonSerializable(typeof(DeploymentJson[]))]
[JsonSerializable(typeof(DeploymentBody))]
[JsonSerializable(typeof(DeploymentStatusBody))]
internal sealed partial class GitHubJson : JsonSerializerContext;
