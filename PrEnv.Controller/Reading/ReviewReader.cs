using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;

namespace PrEnv.Controller.Reading;

/// <summary>Asks for the reviews of pull requests from forks, once for each listing.</summary>
internal sealed class ReviewReader(IReviewSource source)
{
    public async Task<ImmutableDictionary<int, ReviewReading>> ReadAsync(
        ImmutableArray<int> numbers, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (numbers.IsEmpty || memory.Listing?.Access is not { } access)
            return ImmutableDictionary<int, ReviewReading>.Empty;
        foreach (var number in numbers.Where(n => !memory.Reviews.ContainsKey(n)))
            memory.Reviews[number] = await source.ReadAsync(access, number, cancellationToken);

        return numbers.ToImmutableDictionary(n => n, n => memory.Reviews[n]);
    }
}
