using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using PrEnv.Controller.Commands;
using PrEnv.Controller.Memory;
using PrEnv.Core.Queueing;
using PrEnv.Core.Spec;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace PrEnv.Tests.House;

internal sealed class LayersTests
{
    private static readonly Architecture House =
        new ArchLoader().LoadAssemblies(typeof(WorkQueue<>).Assembly, typeof(CommandLine).Assembly).Build();

    [Test]
    public void Order_OfAllFolders_NamesEachOnce() =>
        Assert.That(
            Layers.Order,
            Is.EquivalentTo(House.Types.Select(t => t.Namespace.FullName).Where(IsFolder).Distinct(StringComparer.Ordinal)));

    [TestCaseSource(nameof(AllButTheLast))]
    public void Folder_InTheOrder_UsesNoneBehindIt(string folder) =>
        UsesNoneOf(folder, Layers.Order[(Layers.Order.IndexOf(folder) + 1)..]);

    [TestCaseSource(typeof(Layers), nameof(Layers.Engine))]
    public void Folder_OfTheEngine_UsesNothingOfPullRequests(string folder) =>
        UsesNoneOf(folder, Layers.Order.Except([.. Layers.Engine, .. Layers.EngineMayUse], StringComparer.Ordinal));

    [TestCase("PrEnv.Core")]
    [TestCase("PrEnv.Controller")]
    public void Folders_OfAProject_FormNoCycle(string project) =>
        SliceRuleDefinition.Slices().MatchingWithPackages($"{project}.(**)").Should().BeFreeOfCycles().Check(House);

    // It is dear: a snapshot carries what it found, and nobody on the way of a plan reads the spec again.
    [Test]
    public void SpecReader_IsAskedByThatWhichRemembersIt_AndByNothingElse()
    {
        var reader = House.Classes.Single(c => c.FullName == typeof(SpecReader).FullName);
        var callers = House.Types.Where(t => t.Namespace.FullName != reader.Namespace.FullName)
            .Where(t => t.Dependencies.Any(d => d.Target.Equals(reader)))
            .Select(t => t.FullName.Split('+')[0]);

        Assert.That(
            callers.Distinct(StringComparer.Ordinal),
            Is.EqualTo((string?[])[typeof(CheckedSpecs).FullName]));
    }

    private static IEnumerable<string> AllButTheLast() => Layers.Order.SkipLast(1);

    private static void UsesNoneOf(string folder, IEnumerable<string> others)
    {
        var forbidden = $"^({string.Join('|', others.Select(other => other.Replace(".", @"\.", StringComparison.Ordinal)))})$";
        Types().That().ResideInNamespace(folder).Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(forbidden)).Check(House);
    }

    // Below a project's root: what generators put elsewhere is no folder.
    private static bool IsFolder(string name) =>
        name.StartsWith("PrEnv.Core.", StringComparison.Ordinal) || name.StartsWith("PrEnv.Controller.", StringComparison.Ordinal);
}
