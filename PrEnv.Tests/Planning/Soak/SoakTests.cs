using System.Collections.Concurrent;
using System.Globalization;
using NUnit.Framework.Internal;

namespace PrEnv.Tests.Planning.Soak;

/// <summary>
/// Random lives full of faults, and laws that hold after every step. How many steps is <c>PRENV_SOAK_STEPS</c>; the first seed is
/// <c>PRENV_TEST_SEED</c>. A life that breaks a law is made as short as can be and printed as a story.
/// </summary>
[TestFixture]
[Category("Soak")]
internal sealed class SoakTests
{
    private const int DefaultSteps = 10_000;

    private const int MostTold = 5;

    [Test]
    public void Lives_FullOfFaults_BreakNoLaw()
    {
        var (first, steps) = (Number("PRENV_TEST_SEED", 1), Number("PRENV_SOAK_STEPS", DefaultSteps));
        var lives = Math.Max(1, steps / SoakLife.Length);
        var (coverage, failed) = (new Coverage(), new ConcurrentDictionary<string, int>(StringComparer.Ordinal));
        Parallel.For(
            0, lives, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (at, loop) =>
            {
                if (Broken(SoakLife.Of(first + at), coverage) is not { } law)
                    return;
                coverage.Add("broken " + Law(law)!.Trim());
                failed.TryAdd(Law(law)!, first + at);
                if (failed.Count >= MostTold)
                    loop.Stop();
            });
        TestContext.Out.WriteLine($"{lives} lives of {SoakLife.Length} steps from seed {first} on\n{coverage}");
        if (!failed.IsEmpty)
            Assert.Fail(string.Join('\n', failed.Values.Select(Tell)));
        // A single life, which is repeated, comes to few places.
        if (steps >= DefaultSteps)
            AssertReached(coverage);
    }

    [Test]
    public void Life_SuspendedByHandUnseenBeforeItsDeletion_LeavesNothingBehind()
    {
        var coverage = new Coverage();
        SoakStep[] steps =
        [
            new(SoakAct.Open, 1, 1, 90), new(SoakAct.CacheLags, 1, 0, 0), new(SoakAct.HandSuspend, 1, 0, 0), new(SoakAct.Close, 1, 0, 89),
        ];
        var life = new SoakLife(1, [.. steps]);

        Assert.That(Broken(life, coverage), Is.Null);
        Assert.That(coverage.Of("fault suspended-unseen"), Is.Positive);
    }

    [Test]
    public void Shrinker_OfALifeThatFails_LeavesWhatMakesItFail()
    {
        var life = SoakLife.Of(7) with { Setup = 0xfff };
        var needed = new[] { life.Steps[3], life.Steps[30] };

        var shrunk = Shrinker.Shrink(life, l => needed.All(l.Steps.Contains) && (l.Setup & 4) != 0);

        Assert.That(shrunk.Steps, Is.EqualTo(needed));
        Assert.That(shrunk.Setup, Is.EqualTo(7));
    }

    private static string Tell(int seed)
    {
        var life = SoakLife.Of(seed);
        var law = Broken(life, new Coverage())!;
        var shrunk = Shrinker.Shrink(life, l => Law(Broken(l, new Coverage())) == Law(law));
        var world = new SoakWorld(shrunk, new Coverage());
        var broken = Run(world)!;
        return $"""
            Seed {seed} breaks a law; to repeat it: PRENV_TEST_SEED={seed} PRENV_SOAK_STEPS={SoakLife.Length}.
            At first: {law}
            Shrunk to {shrunk.Steps.Length} steps, with the configuration {shrunk.Setup:b}: {broken}
            {world.Story.Log}
            """;
    }

    // What a message says before it names the case.
    private static string? Law(string? broken) => broken?.Split('\n')[0].Split(':')[0];

    private static string? Broken(SoakLife life, Coverage coverage) => Run(new SoakWorld(life, coverage));

    private static string? Run(SoakWorld world)
    {
        // A failed assertion is to be shrunk before it counts.
        using var isolated = new TestExecutionContext.IsolatedContext();
        try
        {
            world.Live();
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e is AssertionException ? e.Message : e.ToString();
        }
    }

    // A soak that never comes to where it could go wrong proves nothing.
    private static void AssertReached(Coverage coverage)
    {
        foreach (var act in Enum.GetValues<SoakAct>())
            Assert.That(coverage.Of("act " + act), Is.Positive, $"{act} never happened");
        string[] states =
        [
            "phase Ready", "phase Failed", "phase Deploying", "phase Queued", "phase Expired", "phase Asleep", "phase Held",
            "phase Skipped", "action create", "action update", "action delete", "action create-namespace", "action delete-namespace",
            "status Success",
            "status Pending", "status Failure", "end converged", "end deleted", "end Asleep", "end Expired", "end Night",
            "fault killed", "fault fenced", "fault late", "late report", "late create",
        ];
        foreach (var state in states)
            Assert.That(coverage.Of(state), Is.Positive, $"never reached: {state}");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
