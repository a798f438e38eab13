using System.Collections;
using CsCheck;
using PrEnv.Core.Plans;
using PrEnv.Tests.Planning.Rules;

namespace PrEnv.Tests.Planning.Laws;

/// <summary>Every law, in the worlds of all rules and in random ones.</summary>
[TestFixture]
public sealed class LawTests
{
    private static readonly (string Name, Action<Snapshot> Check)[] Laws =
    [
        (nameof(Law.Idempotence), Law.Idempotence),
        (nameof(Law.NoDeletionOnDoubt), Law.NoDeletionOnDoubt),
        (nameof(Law.NoChangeOnDoubt), Law.NoChangeOnDoubt),
        (nameof(Law.Limit), Law.Limit),
        (nameof(Law.Ownership), Law.Ownership),
        (nameof(Law.Namespaces), Law.Namespaces),
        (nameof(Law.NoNamespaceDeletedOnDoubt), Law.NoNamespaceDeletedOnDoubt),
        (nameof(Law.Approval), Law.Approval),
        (nameof(Law.Checks), Law.Checks),
        (nameof(Law.Sleep), Law.Sleep),
        (nameof(Law.Determinism), Law.Determinism),
        (nameof(Law.NoSpinning), Law.NoSpinning),
        (nameof(Law.Truth), Law.Truth),
        (nameof(Law.Bounds), Law.Bounds),
        (nameof(Law.Explanation), Law.Explanation),
    ];

    private static IEnumerable Named =>
        Laws.SelectMany(
            law => RulesTests.Worlds.Select(row => new TestCaseData(law.Check, row.World).SetName($"{law.Name}_In{row.Name}_Holds")));

    private static IEnumerable Random => Laws.Select(law => new TestCaseData(law.Check).SetName($"{law.Name}_InRandomWorlds_Holds"));

    [TestCaseSource(nameof(Named))]
    public void Law_InTheWorldOfARule_Holds(object law, object world) => ((Action<Snapshot>)law)(((World)world).Snapshot());

    [TestCaseSource(nameof(Random))]
    public void Law_InARandomWorld_Holds(object law) =>
        GenWorld.Any.Sample(world => ((Action<Snapshot>)law)(world.Snapshot()), iter: 3000, print: world => PlanText.Of(world));
}
