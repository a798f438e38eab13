using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Scenarios;

/// <summary>Whole lives under an admission policy that changes what the controller writes.</summary>
[TestFixture]
public sealed class PolicyTests
{
    private static readonly World Healthy = World.Plain.Spec(
        s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NUMBER>>.test/healthz" });

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    [Test]
    public void Policy_OverridesAFieldOnEveryWrite_IsToldOnceAndTheEnvironmentIsJudgedAsUsual()
    {
        var story = Begin(r => r.Set("interval", "1h").Label(OwnerLabels.ManagedBy, "flux"), out var controller);
        var writes = story.Cluster.Writes;

        story.Run(Minutes(10));
        controller.Restart();
        story.Run(Minutes(10));

        Assert.That(story.Cluster.Writes, Is.EqualTo(writes), story.Log);
        Assert.That(Count(story, "event Warning FieldOverridden"), Is.EqualTo(1), story.Log);
        Assert.That(story.GitHub.Posted.Select(p => p.State.ToString()), Is.EqualTo(["Pending", "Success"]), story.Log);
        Assert.That(controller.Resource!.Status!.Environments!.Single().Message, Does.Contain("spec.interval"));

        story.GitHub.Push(22, World.B);
        story.Run(Minutes(5));
        Assert.That(Count(story, "update envs/relpr-22"), Is.EqualTo(1), story.Log);
        Assert.That(Count(story, "event Warning FieldOverridden"), Is.EqualTo(1), "no news: " + story.Log);
    }

    [Test]
    public void Policy_StripsAllAnnotations_WritesOnceMoreAfterARestart()
    {
        var story = Begin(r => r.Meta(m => m with { Annotations = null }), out var controller);
        story.Run(Minutes(10));
        controller.Restart();
        var before = Count(story, "update envs/relpr-22");
        story.Run(Minutes(10));

        Assert.That(Count(story, "update envs/relpr-22") - before, Is.LessThanOrEqualTo(1), story.Log);
    }

    [Test]
    public void Policy_StripsTheOwner_FailsWithoutWritingAgain()
    {
        var story = Begin(r => r.Meta(m => m with { Labels = null }), out var controller);
        var writes = story.Cluster.Writes;
        story.Run(Minutes(10));

        Assert.That(story.Cluster.Writes, Is.EqualTo(writes), story.Log);
        Assert.That(story.GitHub.Posted, Is.Empty, "nothing is known of it");
        Assert.That(Count(story, "event Warning FieldOverridden"), Is.EqualTo(1), story.Log);
        Assert.That(controller.Resource!.Status!.Message, Is.EqualTo("FieldOverridden"));
    }

    private static Story Begin(Func<HelmRelease, HelmRelease> policy, out FakeController controller)
    {
        var story = new Story();
        story.Cluster.Admission = policy;
        controller = story.Add(Healthy);
        story.Open(22, World.A);
        story.Run(Minutes(3));
        return story;
    }

    private static int Count(Story story, string text) => story.Log.Split(text).Length - 1;
}
