using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using PrEnv.Core.Environments.Messages;

namespace PrEnv.Core.Explaining;

/// <summary>Where a pull request waits for a free environment.</summary>
/// <param name="Position">From 1.</param>
/// <param name="Waiting">How many wait.</param>
/// <param name="Limit">How many environments there may be at once.</param>
/// <param name="Holders">The pull requests that have one, the oldest environment first.</param>
/// <param name="Failed">Those of them whose environment has failed.</param>
public sealed record QueueExplanation(int Position, int Waiting, int Limit, ImmutableArray<int> Holders, ImmutableArray<int> Failed)
{
    /// <summary>For people, such as <c>3rd of 5 waiting</c>.</summary>
    [JsonIgnore]
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{QueueMessages.Ordinal(Position)} of {Waiting} waiting");
}
