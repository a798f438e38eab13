using System.Text.Json.Serialization;

namespace PrEnv.Core.Model;

/// <summary>The state of a commit status. See https://docs.github.com/en/rest/commits/statuses.</summary>
[JsonConverter(typeof(CommitStates.Converter))]
public enum CommitState
{
    /// <summary><c>pending</c>: the outcome is still open.</summary>
    Pending,

    /// <summary><c>success</c>.</summary>
    Success,

    /// <summary><c>failure</c>.</summary>
    Failure,

    /// <summary><c>error</c>; read, never posted.</summary>
    Error,
}

/// <summary>GitHub's words for <see cref="CommitState"/>.</summary>
public static class CommitStates
{
    private static readonly WordList<CommitState> Words = new(
        (CommitState.Pending, "pending"), (CommitState.Success, "success"), (CommitState.Failure, "failure"), (CommitState.Error, "error"));

    /// <summary>The word that GitHub's API uses.</summary>
    public static string Word(this CommitState state) => Words[state];

    /// <summary>The state for a word of GitHub's API; null when it is not one.</summary>
    public static CommitState? Parse(string? word) => Words.Find(word);

    internal sealed class Converter() : WordConverter<CommitState>(Words);
}
