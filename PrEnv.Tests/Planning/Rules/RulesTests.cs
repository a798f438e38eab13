using System.Collections;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>One row for each rule and each of its branches. What a row does not say does not happen.</summary>
[TestFixture]
public sealed class RulesTests
{
    private static IEnumerable<RuleRow> All =>
    [
        .. CreationRows.All, .. DriftRows.All, .. OverrideRows.All, .. AdoptionRows.All, .. AppliedRows.All, .. ReleaseReadyRows.All,
        .. ProbingRows.All, .. LimitRows.All,
        .. TimeoutRows.All, .. UnhealthyRows.All, .. UnlistedRows.All, .. SelectionRows.All, .. ConflictRows.All, .. MoveRows.All,
        .. ObstacleRows.All,
        .. AwayRows.All, .. SharedRows.All, .. FluxRows.All,
        .. HandRows.All, .. ResourceRows.All, .. TeardownRows.All, .. FailureRows.All, .. ReportFailureRows.All,
        .. NamespaceRows.All, .. CheckRows.All, .. ExpiryRows.All, .. SleepRows.All, .. SleepCommandRows.All, .. PrecedenceRows.All,
    ];

    private static IEnumerable Cases => All.Select(row => new TestCaseData(row).SetName("Rules_" + row.Name));

    [TestCaseSource(nameof(Cases))]
    public void Reconcile_InTheRowsWorld_DoesAndSaysExactlyThat(object given)
    {
        var row = (RuleRow)given;

        var actual = PlanText.Of(row.World, row.Failure, row.Unreported);

        Assert.That(actual.Trim(), Is.EqualTo(row.Expected.Trim()), actual);
    }

    [Test]
    public void All_Names_AreUnique() => Assert.That(All.Select(r => r.Name), Is.Unique);

    /// <summary>The worlds of all rows, for the laws that hold in every world.</summary>
    internal static IEnumerable<RuleRow> Worlds => All;
}
