using System.Globalization;
using System.Text;

namespace PrEnv.Tests.Fuzz;

/// <summary>
/// Runs a boundary with mutations of a sample. How many is <c>PRENV_FUZZ_CASES</c>; the first is that of <c>PRENV_TEST_SEED</c>. A case
/// that fails prints its seed and its input: with that seed and one case, it alone is run again.
/// </summary>
internal static class Fuzzer
{
    /// <summary>What no message and no log line may hold. Samples have it wherever a secret stands.</summary>
    public const string Secret = "s3cretOfTheSample";

    private const string CasesVariable = "PRENV_FUZZ_CASES";
    private const string SeedVariable = "PRENV_TEST_SEED";
    private const int DefaultCases = 1000;
    private const int LongestShown = 4000;

    /// <param name="sample">Valid JSON.</param>
    /// <param name="check">The boundary. Whatever it throws is a failure: it catches what its contract allows.</param>
    public static async Task RunAsync(string sample, Func<byte[], Random, Task> check)
    {
        var (first, cases) = (Number(SeedVariable, 1), Number(CasesVariable, DefaultCases));
        for (var seed = first; seed < first + cases; seed++)
        {
            var random = new Random(seed);
            var input = JsonMutator.Mutate(sample, random);
            try
            {
                await check(input, random);
            }
            catch (Exception e) when (e is not ResultStateException)
            {
                Assert.Fail($"To repeat it: {SeedVariable}={seed} {CasesVariable}=1. {e}\nInput: {Show(input)}");
            }
        }
    }

    public static Task Run(string sample, Action<byte[], Random> check) => RunAsync(sample, (input, random) =>
    {
        check(input, random);
        return Task.CompletedTask;
    });

    /// <summary>Fails if a text for people holds the secret.</summary>
    public static void AssertQuiet(params IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text?.Contains(Secret, StringComparison.Ordinal) == true)
                throw new InvalidOperationException($"A secret is shown: {text}");
        }
    }

    private static string Show(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        return text.Length <= LongestShown ? text : $"{text[..LongestShown]}... ({text.Length} characters)";
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
