using System.Text;

namespace PrEnv.Tests.Planning.Scenarios;

/// <summary>
/// Logs that a person has read and approved, beside the tests. With <c>PRENV_UPDATE_GOLDEN=1</c> they are written anew; look at the
/// difference before you commit it.
/// </summary>
internal static class Golden
{
    private static readonly string Folder = Find();

    public static void Verify(string name, string actual)
    {
        var path = Path.Combine(Folder, name + ".golden");
        if (Environment.GetEnvironmentVariable("PRENV_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.That(File.Exists(path), Is.True, $"{name}.golden is missing; PRENV_UPDATE_GOLDEN=1 writes it");
        var expected = File.ReadAllText(path);
        if (expected != actual)
            Assert.Fail($"{name}.golden tells another story:\n{Difference(expected.Split('\n'), actual.Split('\n'))}");
    }

    /// <summary>The lines that differ, with three of context: <c>-</c> was approved, <c>+</c> is now.</summary>
    internal static string Difference(string[] expected, string[] actual)
    {
        var start = 0;
        while (start < expected.Length && start < actual.Length && expected[start] == actual[start])
            start++;
        var (endExpected, endActual) = (expected.Length, actual.Length);
        while (endExpected > start && endActual > start && expected[endExpected - 1] == actual[endActual - 1])
            (endExpected, endActual) = (endExpected - 1, endActual - 1);

        var text = new StringBuilder();
        foreach (var line in expected[Math.Max(0, start - 3)..start])
            text.Append("  ").Append(line).Append('\n');
        foreach (var line in expected[start..endExpected])
            text.Append("- ").Append(line).Append('\n');
        foreach (var line in actual[start..endActual])
            text.Append("+ ").Append(line).Append('\n');
        foreach (var line in expected[endExpected..Math.Min(expected.Length, endExpected + 3)])
            text.Append("  ").Append(line).Append('\n');
        return text.ToString();
    }

    private static string Find()
    {
        var relative = Path.Combine("PrEnv.Tests", "Planning", "Scenarios");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, relative)))
                return Path.Combine(folder.FullName, relative);
        }

        throw new DirectoryNotFoundException(relative);
    }
}
