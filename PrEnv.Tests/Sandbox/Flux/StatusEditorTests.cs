using System.Text.Json.Nodes;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

internal sealed class StatusEditorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [TestCase("True", "2025-01-01T00:00:00Z", Description = "the same status keeps its time")]
    [TestCase("False", "2026-01-02T03:04:05Z")]
    public void Condition_TransitionTime_MovesOnlyWithTheStatus(string status, string expected)
    {
        var release = HelmReleaseObjectTests.Release(
            "{}", """{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2025-01-01T00:00:00Z"},{"type":"Released","status":"True"}]}""");

        var conditions = new StatusEditor(release, Now).Condition("Ready", status, "Reason", "").Conditions!["conditions"]!.AsArray();

        var ready = conditions.Single(condition => Text(condition!["type"]) == "Ready")!;
        Assert.That(Text(ready["lastTransitionTime"]), Is.EqualTo(expected));
        Assert.That(ready["observedGeneration"]!.GetValue<long>(), Is.EqualTo(3));
        Assert.That(conditions, Has.Count.EqualTo(2), "the other stays");
    }

    [TestCase("install", "{}", false, 1L, Description = "no retries by default: one failure is the end")]
    [TestCase("install", """{"install":{"remediation":{"retries":1}}}""", true, 1L)]
    [TestCase("install", """{"install":{"remediation":{"retries":1}}}""", false, 2L)]
    [TestCase("upgrade", """{"upgrade":{"remediation":{"retries":-1}}}""", true, 1000L)]
    public void RemediationPolicy_Retries_AllowSoManyFailures(string action, string spec, bool expected, long failures) =>
        Assert.That(RemediationPolicy.Of(HelmReleaseObjectTests.Release(spec), action).Allows(failures), Is.EqualTo(expected));

    [Test]
    public void RemediationPolicy_Upgrade_RollsBackTheLastFailureTooWhenItHasRetries()
    {
        var policy = RemediationPolicy.Of(HelmReleaseObjectTests.Release("""{"upgrade":{"remediation":{"retries":1}}}"""), "upgrade");

        Assert.That((policy.RemediateLast, policy.ByUninstall, policy.RetryAfter), Is.EqualTo((true, false, (TimeSpan?)null)));
    }

    [TestCase("""{"install":{"strategy":{"name":"RetryOnFailure"}}}""", 300)]
    [TestCase("""{"install":{"strategy":{"name":"RetryOnFailure","retryInterval":"10s"}}}""", 10)]
    public void RemediationPolicy_RetryOnFailure_WaitsInstead(string spec, int seconds) => Assert.That(
        RemediationPolicy.Of(HelmReleaseObjectTests.Release(spec), "install").RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    private static string? Text(JsonNode? node) => HelmReleaseObject.Text(node);
}
