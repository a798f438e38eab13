using PrEnv.Core.Model;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Scenarios;

/// <summary>Approvals, deployments, comments and commands, as golden logs.</summary>
[TestFixture]
public sealed class ReportTests
{
    private static readonly string C = new('c', 40);

    private static readonly World Linked = World.Fluxed.Spec(s => s with { EnvUrlTemplate = "https://pr-<<PR_NUMBER>>.test/" });

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    [Test]
    public void Fork_FromOpenToApprovedPush_InstallsOnlyWhatWasApproved()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed);
        story.Say("PR 22 comes from a fork.");
        story.Open(22, World.A, p => p with { IsFork = true });
        story.Run(Minutes(2));
        story.Say("A stranger approves it; the controller restarts.");
        story.GitHub.Review(22, World.A, reviewer: "eve", mayWrite: false);
        demo.Restart();
        story.Run(Minutes(2));
        story.Say("Somebody with write permission approves it.");
        story.GitHub.Review(22, World.A);
        story.Run(Minutes(2));
        story.Say("A push; the controller restarts.");
        story.GitHub.Push(22, World.B);
        story.Run(Minutes(2));
        demo.Restart();
        story.Run(Minutes(2));
        Assert.That(story.Flux.Running.Values, Is.EqualTo([World.A]));
        story.Say("The reviews cannot be read.");
        story.GitHub.ReviewsAway = "GitHub returned an error (500); retrying.";
        story.Run(Minutes(2));
        story.GitHub.ReviewsAway = null;
        story.Say("The push is approved.");
        story.GitHub.Review(22, World.B);
        story.Run(Minutes(2));
        Assert.That(story.Flux.Running.Values, Is.EqualTo([World.B]));
        Assert.That(story.GitHub.Posted, Is.Unique);
        Golden.Verify("fork-approval", story.Log);
    }

    [Test]
    public void Fork_WithoutAnApproval_LosesWhatAllowGaveIt()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed.Forks("Allow"));
        story.Open(22, World.A, p => p with { IsFork = true });
        story.Run(Minutes(1));
        story.Say("Approvals are required now, but the reviews cannot be read.");
        story.GitHub.ReviewsAway = "GitHub returned an error (500); retrying.";
        demo.Edit(s => s with { PullRequests = new() { Forks = "RequireApproval" } });
        story.Run(Minutes(2));
        Assert.That(story.Cluster.Releases, Has.Length.EqualTo(1));
        story.Say("They can.");
        story.GitHub.ReviewsAway = null;
        story.Run(Minutes(2));
        Assert.That(story.Cluster.Releases, Is.Empty);
        Golden.Verify("fork-allowed-before", story.Log);
    }

    [Test]
    public void Reports_OfAWholeLife_AreEachMadeOnce()
    {
        var story = new Story();
        var demo = story.Add(Linked.Deploying().Commenting());
        story.Open(22, World.A);
        story.Flux.Broken.Add(World.B);
        story.Run(Minutes(2));
        story.Say("A restart says nothing.");
        demo.Restart();
        story.Run(Minutes(2));
        story.Say("A push that cannot be installed, which Flux tries again and again.");
        story.GitHub.Push(22, World.B);
        story.Run(Minutes(12));
        story.Say("A push that can.");
        story.GitHub.Push(22, C);
        story.Run(Minutes(2));
        story.Say("PR 22 is merged.");
        story.GitHub.Close(22);
        story.Run(Minutes(2));
        Golden.Verify("deployment-and-comment", story.Log);
    }

    [Test]
    public void Commands_OfAWholeLife_AreObeyedOnceAndOutliveARestart()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed.Commandable());
        story.Open(22, World.A);
        story.Open(23, World.B, p => p with { IsFork = true });
        story.Run(Minutes(1));
        story.Say("/prenv delete in PR 22.");
        story.GitHub.Commands.Add(new Command(22, 100, CommandVerb.Delete, null, story.Now));
        story.Run(Minutes(2));
        story.Say("A restart brings nothing back.");
        demo.Restart();
        story.Run(Minutes(2));
        story.Say("A push does.");
        story.GitHub.Push(22, C);
        story.Run(Minutes(2));
        story.Say("/prenv rebuild in PR 22.");
        story.GitHub.Commands.Add(new Command(22, 101, CommandVerb.Rebuild, null, story.Now));
        story.Run(Minutes(2));
        story.Say("/prenv approve in PR 23, and in PR 22, which needs none.");
        story.GitHub.Commands.Add(new Command(23, 102, CommandVerb.Approve, null, story.Now));
        story.GitHub.Commands.Add(new Command(22, 103, CommandVerb.Approve, null, story.Now));
        story.Run(Minutes(2));
        story.Say("A push to PR 23 at the moment of the next /prenv approve: which commit was meant?");
        story.GitHub.Commands.Add(new Command(23, 104, CommandVerb.Approve, null, story.Now));
        story.GitHub.Push(23, World.A);
        story.Run(Minutes(2));
        story.Say("/prenv approve names it.");
        story.GitHub.Commands.Add(new Command(23, 105, CommandVerb.Approve, World.A[..7], story.Now));
        story.Run(Minutes(2));
        Golden.Verify("commands", story.Log);
    }
}
