using PrEnv.Core.Objects;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Objects;

[TestFixture]
public sealed class ConditionListTests
{
    private static readonly DateTimeOffset Before = World.Noon - TimeSpan.FromHours(1);

    private static readonly Condition Ready = new()
    {
        Type = "Ready",
        Status = "True",
        Reason = "Ready",
        Message = "Well.",
        ObservedGeneration = 1,
        LastTransitionTime = Before,
    };

    [Test]
    public void Update_OfNothing_BeginsNowWithoutFractions()
    {
        var conditions = ConditionList.Update(null, World.Noon.AddMilliseconds(999), 3, ("Ready", "True", "Ready", "Well."));

        Assert.That(conditions, Is.EqualTo([Ready with { ObservedGeneration = 3, LastTransitionTime = World.Noon }]));
    }

    [Test]
    public void Update_WithTheSameStatus_KeepsTheTransitionTimeWhateverElseChanged()
    {
        var condition = ConditionList.Update([Ready], World.Noon, 2, ("Ready", "True", "Other", "Still well.")).Single();

        Assert.That(condition.LastTransitionTime, Is.EqualTo(Before));
        Assert.That(
            condition,
            Has.Property("Reason").EqualTo("Other").And.Property("Message").EqualTo("Still well.").And.Property("ObservedGeneration")
            .EqualTo(2));
    }

    [Test]
    public void Update_WithAnotherStatus_HasANewTransitionTime() =>
        Assert.That(
            ConditionList.Update([Ready], World.Noon, 1, ("Ready", "False", "Bad", "Not well.")).Single().LastTransitionTime,
            Is.EqualTo(World.Noon));

    [Test]
    public void Update_WithoutAConditionThatWasThere_DropsIt()
    {
        var conditions = ConditionList.Update(
            [Ready, Ready with { Type = "Stalled" }], World.Noon, 1, ("Ready", "True", "Ready", "Well."),
            ("Reconciling", "True", "Progressing", "Working."));

        Assert.That(conditions.Select(c => c.Type), Is.EqualTo(["Ready", "Reconciling"]));
    }
}
