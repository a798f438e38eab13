using PrEnv.Core.Queueing;

namespace PrEnv.Tests;

internal sealed class CorePurityTests
{
    [Test]
    public void Core_ReferencedAssemblies_AreTheFrameworkAndLoggingAbstractions()
    {
        var foreign = ReferencedAssemblies()
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)
                && name is not ("netstandard" or "Microsoft.Extensions.Logging.Abstractions"));

        Assert.That(foreign, Is.Empty);
    }

    [Test]
    public void Core_ReferencedAssemblies_HaveNoInputOrOutput() =>
        Assert.That(
            ReferencedAssemblies(),
            Has.None.StartsWith("System.Net").And.None.StartsWith("System.IO.F").And.None.StartsWith("System.Diagnostics.Process"));

    private static IEnumerable<string> ReferencedAssemblies() =>
        typeof(WorkQueue<>).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);
}
