using CsCheck;
using PrEnv.Controller.Probing;
using PrEnv.Core.Model;

namespace PrEnv.Tests.Probing;

internal sealed class ProbeRulesTests
{
    private static readonly ProbeTarget Target = ProbeTargets.Target();
    private static readonly DateTimeOffset Early = ProbeTargets.Deadline - TimeSpan.FromMinutes(30);

    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(3, 4)]
    [TestCase(4, 8)]
    [TestCase(5, 16)]
    [TestCase(6, 30)]
    [TestCase(7, 30)]
    [TestCase(int.MaxValue, 30)]
    public void Delay_Pending_DoublesFromOneSecondToThirty(int failures, int seconds) =>
        Assert.That(ProbeRules.Delay(Target, Seen(false, failures), Early), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase(true, 0, false)]
    [TestCase(true, 2, false)]
    [TestCase(false, 9, true)]
    public void Delay_AnsweredOrTooLate_IsTheInterval(bool succeeded, int failures, bool isLate) => Assert.That(
        ProbeRules.Delay(Target, Seen(succeeded, failures), isLate ? ProbeTargets.Deadline : Early), Is.EqualTo(TimeSpan.FromMinutes(1)));

    [TestCase(false, 0, nameof(ProbeVerdict.Unknown))]
    [TestCase(false, 1, nameof(ProbeVerdict.Failing))]
    [TestCase(false, 3, nameof(ProbeVerdict.Down), Description = "The success may have been seen before a restart.")]
    [TestCase(true, 0, nameof(ProbeVerdict.Up))]
    [TestCase(true, 2, nameof(ProbeVerdict.Up))]
    [TestCase(true, 3, nameof(ProbeVerdict.Down))]
    public void Verdict_Observation_NeedsThreeFailuresToFall(bool succeeded, int failures, string expected) =>
        Assert.That(ProbeRules.Verdict(Seen(succeeded, failures)).ToString(), Is.EqualTo(expected));

    [Test]
    public void Add_AnyAnswers_CountsTheFailuresSinceTheLastSuccess() => Gen.Bool.List[0, 40].Sample(answers =>
    {
        var observation = Seen(false, 0);
        foreach (var isSuccess in answers)
        {
            observation = ProbeRules.Add(
                observation, isSuccess ? ProbeResult.Success : new ProbeResult(ProbeOutcome.UnexpectedStatus, "answered 503"));
        }

        var failures = answers.Count - 1 - answers.LastIndexOf(true);
        Assert.Multiple(() =>
        {
            Assert.That(observation.Succeeded, Is.EqualTo(answers.Contains(true)));
            Assert.That(observation.ConsecutiveFailures, Is.EqualTo(failures));
            Assert.That(observation.LastFailure, Is.EqualTo(failures > 0 ? "answered 503" : null));
        });
    });

    private static ProbeObservation Seen(bool succeeded, int failures) =>
        new(Target.Revision, succeeded, failures, failures > 0 ? "answered 503" : null);
}
