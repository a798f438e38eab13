using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Scenarios;

/// <summary>Lives of environments whose pull requests are idle.</summary>
[TestFixture]
public sealed class LifetimeTests
{
    [Test]
    public void Expiry_OfAnIdlePullRequest_EndsWithTheNextActivity()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed.Expiring("1h", "keep").Commandable().Limited(2));
        story.Say("PRs 22 and 23 are open; 23 is to be kept.");
        Open(story, 22, World.A);
        Open(story, 23, World.B, "keep");
        story.Run(TimeSpan.FromMinutes(50));
        story.Say("PR 22 gets a label, and the controller restarts.");
        story.GitHub.Change(22, p => p with { Labels = new LabelSet(["reviewed"]) });
        story.Run(TimeSpan.FromMinutes(2));
        demo.Restart();
        story.Run(TimeSpan.FromMinutes(57));
        story.Say("Nothing happens; PR 24 takes the place.");
        story.Run(TimeSpan.FromMinutes(10));
        Open(story, 24, new string('c', 40));
        story.Run(TimeSpan.FromMinutes(2));
        story.Say("PR 22 is pushed, and waits for a place.");
        story.GitHub.Push(22, new string('d', 40));
        story.Run(TimeSpan.FromMinutes(2));
        story.Say("PR 24 is closed.");
        story.GitHub.Close(24);
        story.Run(TimeSpan.FromMinutes(3));
        story.Say("PR 22 expires again, while the controller is away for a week; then it is rebuilt.");
        story.Pass(TimeSpan.FromDays(7));
        demo.Restart();
        story.Run(TimeSpan.FromMinutes(2));
        story.GitHub.Commands.Add(new Command(22, 9, CommandVerb.Rebuild, null, story.Now));
        story.Run(TimeSpan.FromMinutes(2));
        Golden.Verify("expiry", story.Log);
    }

    [Test]
    public void Expiry_AfterAWeekAway_SparesWhatWasActive()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed.Expiring("1h"));
        foreach (var number in (int[])[22, 23, 24])
            Open(story, number, new string((char)('a' + number - 22), 40));
        story.Run(TimeSpan.FromMinutes(5));
        story.GitHub.Push(22, new string('d', 40));
        story.GitHub.Change(23, p => p with { Labels = new LabelSet(["reviewed"]) });
        story.Pass(TimeSpan.FromDays(7));
        demo.Restart();
        story.Run(TimeSpan.FromMinutes(5));

        Assert.That(
            demo.Resource!.Status!.Environments!.Select(e => e.Phase),
            Is.EqualTo((string[])[EnvironmentPhase.Ready, EnvironmentPhase.Ready, EnvironmentPhase.Expired]), story.Log);
    }

    [Test]
    public void Expiry_InASettledHour_WritesNothing()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed.Expiring("24h", "keep").Limited(2));
        Open(story, 22, World.A);
        Open(story, 23, World.B, "keep");
        Open(story, 24, new string('c', 40));
        story.Run(TimeSpan.FromMinutes(5));
        var before = (story.Cluster.Writes, demo.StatusWrites, demo.Events, story.GitHub.Posted.Count);

        story.Run(TimeSpan.FromHours(1));

        Assert.That((story.Cluster.Writes, demo.StatusWrites, demo.Events, story.GitHub.Posted.Count), Is.EqualTo(before), story.Log);
    }

    [Test]
    public void Expiry_APush_IsNotedByTheWriteThatRollsItOut()
    {
        var story = new Story();
        story.Add(World.Fluxed.Expiring("24h"));
        Open(story, 22, World.A);
        story.Run(TimeSpan.FromMinutes(5));
        var before = story.Cluster.Writes;
        story.GitHub.Push(22, World.B);
        story.Run(TimeSpan.FromMinutes(5));
        var (withExpiry, plain) = (story.Cluster.Writes - before, WritesOfAPush());

        Assert.That(withExpiry, Is.EqualTo(plain), story.Log);
    }

    private static int WritesOfAPush()
    {
        var story = new Story();
        story.Add(World.Fluxed);
        Open(story, 22, World.A);
        story.Run(TimeSpan.FromMinutes(5));
        var before = story.Cluster.Writes;
        story.GitHub.Push(22, World.B);
        story.Run(TimeSpan.FromMinutes(5));
        return story.Cluster.Writes - before;
    }

    private static void Open(Story story, int number, string sha, params string[] labels) =>
        story.Open(number, sha, p => p with { Labels = new LabelSet(labels) });
}
