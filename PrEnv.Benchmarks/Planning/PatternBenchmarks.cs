using BenchmarkDotNet.Attributes;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Benchmarks.Planning;

/// <summary>What it costs to match 60 titles of 256 characters that nobody has seen, made to be dear, with patterns that are.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class PatternBenchmarks
{
    private const int Count = 60;

    private readonly string[] _titles = [.. Enumerable.Range(1, Count).Select(Title)];

    /// <summary>An honest pattern, then the dearest that were found among those that may be written.</summary>
    [Params(
        @"(?i)\bwip\b", ".*a.{72}x", "(.*a.{7}){3}x", "([ab]{1,5}a.{1,5})*x", ".*a.........*a.........*a.........*a.........*a.........x")]
    public string Pattern { get; set; } = "";

    [Benchmark(OperationsPerInvoke = Count)]
    public int OneTitle()
    {
        var patterns = new TextPatterns([Pattern]);
        return _titles.Count(title => patterns.Match(title).Pattern is not null);
    }

    [GlobalSetup]
    public void Check()
    {
        var resource = SettledSnapshot.Of(1, new PullRequestSelection { ExcludeTitles = [Pattern] }).Resource;
        if (SpecReader.Read(resource, new ControllerSettings()).Problems is [var problem, ..])
            throw new InvalidOperationException(problem.ToString());
    }

    private static string Title(int seed)
    {
        var random = new Random(seed);
        return string.Create(256, random, (title, random) => random.GetItems("ab", title));
    }
}
