using System.Text.Json.Serialization;

namespace PrEnv.Core.Model;

/// <summary>The state of a deployment. See https://docs.github.com/en/rest/deployments/statuses.</summary>
[JsonConverter(typeof(DeploymentStates.Converter))]
public enum DeploymentState
{
    /// <summary>No state has been posted for the deployment yet; an empty text in annotations.</summary>
    None,

    /// <summary><c>in_progress</c>.</summary>
    InProgress,

    /// <summary><c>success</c>.</summary>
    Success,

    /// <summary><c>failure</c>.</summary>
    Failure,

    /// <summary><c>inactive</c>: the environment is gone, or serves a newer commit.</summary>
    Inactive,
}

/// <summary>GitHub's words for <see cref="DeploymentState"/>.</summary>
public static class DeploymentStates
{
    private static readonly WordList<DeploymentState> Words = new(
        (DeploymentState.None, ""), (DeploymentState.InProgress, "in_progress"), (DeploymentState.Success, "success"),
        (DeploymentState.Failure, "failure"), (DeploymentState.Inactive, "inactive"));

    /// <summary>The word that GitHub's API uses; empty for <see cref="DeploymentState.None"/>.</summary>
    public static string Word(this DeploymentState state) => Words[state];

    /// <summary>The state for a word of GitHub's API; null when it is not one that this controller posts.</summary>
    public static DeploymentState? Parse(string? word) => Words.Find(word);

    internal sealed class Converter() : WordConverter<DeploymentState>(Words);
}
