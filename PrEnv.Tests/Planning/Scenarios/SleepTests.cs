using System.Text.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Scenarios;

/// <summary>Lives of environments that sleep.</summary>
[TestFixture]
public sealed class SleepTests
{
    [Test]
    public void Sleep_OfAnIdlePullRequest_EndsWithTheNextActivity()
    {
        var story = new Story();
        var demo = story.Add(World.Probing.Sleeping(s => s with { KeepLabels = ["keep"] }).Commandable().Commenting().Deploying());
        story.Say("PRs 22 and 23 are open; 23 is to be kept.");
        Open(story, 22, World.A);
        Open(story, 23, World.B, "keep");
        story.Run(TimeSpan.FromMinutes(62));
        story.Say("The controller restarts; then PR 22 gets a label.");
        demo.Restart();
        story.Run(TimeSpan.FromMinutes(2));
        story.GitHub.Change(22, p => p with { Labels = new LabelSet(["reviewed"]) });
        story.Run(TimeSpan.FromMinutes(3));
        story.Say("PR 22 is put to sleep by a command, and woken up by another.");
        story.GitHub.Commands.Add(new Command(22, 9, CommandVerb.Sleep, null, story.Now));
        story.Run(TimeSpan.FromMinutes(3));
        story.GitHub.Commands.Add(new Command(22, 10, CommandVerb.Wake, null, story.Now));
        story.Run(TimeSpan.FromMinutes(3));
        story.Say("It is kept for two hours, and sleeps when they are over.");
        story.GitHub.Commands.Add(new Command(22, 11, CommandVerb.Keep, null, story.Now) { Time = TimeSpan.FromHours(2) });
        story.Run(TimeSpan.FromHours(2) + TimeSpan.FromMinutes(5));
        story.Say("A push wakes it; its commit does not come up.");
        story.Down.Add(22);
        story.GitHub.Push(22, new string('d', 40));
        story.Run(TimeSpan.FromMinutes(35));
        Golden.Verify("sleep", story.Log);
    }

    [Test]
    public void Sleep_OutsideTheHours_BeginsAndEndsWithThem()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed.OnWeekdays());
        story.Say("It is Sunday, at noon: PR 22 is opened, and sleeps an hour later.");
        Open(story, 22, World.A);
        story.Run(TimeSpan.FromMinutes(62));
        story.Say("Monday begins; the controller restarts before and after.");
        story.Pass(TimeSpan.FromHours(17.9));
        demo.Restart();
        story.Run(TimeSpan.FromMinutes(10));
        demo.Restart();
        story.Run(TimeSpan.FromMinutes(2));
        story.Say("The working day ends; PR 22 is pushed ten minutes before.");
        story.Pass(TimeSpan.FromHours(12.65));
        story.GitHub.Push(22, World.B);
        story.Run(TimeSpan.FromMinutes(80));
        Golden.Verify("sleep-hours", story.Log);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Sleep_InASettledHour_WritesNothing(bool isAsleep)
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed.Sleeping(s => s with { IdleTimeout = isAsleep ? "5m" : "24h" }).Expiring("24h").Limited(2)
            .Commenting().Deploying());
        Open(story, 22, World.A);
        Open(story, 23, World.B);
        Open(story, 24, new string('c', 40));
        story.Run(TimeSpan.FromMinutes(10));
        var before = (story.Cluster.Writes, demo.StatusWrites, demo.Events, story.GitHub.Posted.Count);

        story.Run(TimeSpan.FromHours(1));

        Assert.That((story.Cluster.Writes, demo.StatusWrites, demo.Events, story.GitHub.Posted.Count), Is.EqualTo(before), story.Log);
        Assert.That(
            demo.Resource!.Status!.Environments!.Select(e => e.Phase),
            Is.EqualTo(isAsleep ? (string[])["Asleep", "Asleep", "Queued"] : ["Ready", "Ready", "Queued"]));
    }

    [Test]
    public void Sleep_FallingAsleepAndWakingUp_AreOneWriteEach()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed.Sleeping());
        Open(story, 22, World.A);
        story.Run(TimeSpan.FromMinutes(58));
        var awake = story.Cluster.Writes;
        story.Run(TimeSpan.FromMinutes(5));
        var asleep = story.Cluster.Writes;
        story.GitHub.Change(22, p => p with { Labels = new LabelSet(["reviewed"]) });
        story.Run(TimeSpan.FromMinutes(5));

        Assert.That((asleep - awake, story.Cluster.Writes - asleep), Is.EqualTo((1, 1)), story.Log);
        Assert.That(demo.Resource!.Status!.Environments!.Single().Phase, Is.EqualTo(EnvironmentPhase.Ready), story.Log);
        Assert.That(
            story.GitHub.Posted.Select(p => p.State), Is.EqualTo((CommitState[])[CommitState.Pending, CommitState.Success]), story.Log);
    }

    [Test]
    public void Sleep_OfEachState_HasItsValues()
    {
        var story = new Story();
        story.Add(World.Fluxed.Helm(h => h with { Values = ReleaseExtensions.Json("""{"a":{"b":1,"c":2},"d":3}""") })
            .Sleeping(s => s with { Values = ReleaseExtensions.Json("""{"a":{"b":null,"e":"<<PR_BRANCH>>"},"prSHA":"x","f":[]}""") }));
        Open(story, 22, World.A);
        story.Run(TimeSpan.FromMinutes(62));
        var asleep = Values(story);
        story.GitHub.Push(22, World.B);
        story.Run(TimeSpan.FromMinutes(2));

        Assert.That(asleep, Is.EqualTo($$"""{"a":{"c":2,"e":"topic"},"d":3,"f":[],"prNumber":22,"prSHA":"{{World.A}}"}"""));
        Assert.That(Values(story), Is.EqualTo($$"""{"a":{"b":1,"c":2},"d":3,"prNumber":22,"prSHA":"{{World.B}}"}"""));
    }

    private static string Values(Story story)
    {
        var spec = JsonElement.Parse(story.Cluster.Releases.Single().Spec.Json);
        return Sorted(spec.GetProperty("values"));
    }

    // Server-side apply keeps the order of nothing.
    private static string Sorted(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return json.GetRawText();
        var fields = json.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"\"{p.Name}\":{Sorted(p.Value)}");
        return $"{{{string.Join(',', fields)}}}";
    }

    private static void Open(Story story, int number, string sha, params string[] labels) =>
        story.Open(number, sha, p => p with { Labels = new LabelSet(labels) });
}
