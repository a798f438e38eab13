using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Scenarios;

/// <summary>Whole lives in which something outside goes wrong, as golden logs.</summary>
[TestFixture]
public sealed class TroubleTests
{
    private static readonly World Healthy = World.Plain.Spec(
        s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NUMBER>>.test/healthz" });

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    [Test]
    public void Repository_LostAndBack_DeletesAndTellsNothing()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Open(22, World.A);
        story.Open(23, World.B, p => p with { IsFork = true });
        story.Run(Minutes(2));
        var posted = story.GitHub.Posted.Count;
        story.Say("GitHub answers 404 for the repository.");
        story.GitHub.Away = new PullRequestListing.Unavailable(
            UnavailableReason.NotFound, "Repository octo/app was not found: check its name and what the token may read.");
        story.Run(Minutes(5));
        story.Say("It is back.");
        story.GitHub.Away = null;
        story.Run(Minutes(3));
        Assert.That(story.GitHub.Posted, Has.Count.EqualTo(posted));
        Golden.Verify("repository-lost", story.Log);
    }

    [Test]
    public void Listing_LeavesOutAnOpenPullRequest_HoldsItsEnvironment()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Open(22, World.A);
        story.Open(23, World.B);
        story.Run(Minutes(2));
        story.Say("The listing leaves PR 22 out, although it is open.");
        story.GitHub.LeftOut.Add(22);
        story.Run(Minutes(3));
        story.Say("And all of them.");
        story.GitHub.LeftOut.Add(23);
        story.Run(Minutes(3));
        story.Say("The listing is whole again.");
        story.GitHub.LeftOut.Clear();
        story.Run(Minutes(3));
        Golden.Verify("listing-leaves-out", story.Log);
    }

    [Test]
    public void Resource_Deleted_LeavesNothingBehind()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed);
        story.Open(22, World.A);
        story.Open(23, World.B);
        story.Run(Minutes(1));
        story.Say("PR 23's release is suspended, GitHub is gone, and the resource is deleted.");
        story.Cluster.Change(story.Cluster.Find(new ResourceKey("envs", "relpr-23"))!, r => r.Suspended());
        story.GitHub.Away = new PullRequestListing.Unavailable(UnavailableReason.Unauthorized, "The token is not valid any more.");
        story.Delete(demo);
        story.Run(Minutes(2));
        Assert.That(story.Cluster.Releases, Is.Empty);
        Assert.That(story.Flux.Leaked, Is.Empty);
        Golden.Verify("resource-deleted", story.Log);
    }

    [Test]
    public void Resource_DeletedWithOrphan_LeavesTheReleases()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed.Spec(s => s with { DeletionPolicy = "Orphan" }));
        story.Open(22, World.A);
        story.Run(Minutes(1));
        story.Say("The resource is deleted.");
        story.Delete(demo);
        story.Run(Minutes(1));
        Assert.That(story.Cluster.Releases, Has.Length.EqualTo(1));
        Golden.Verify("resource-orphaned", story.Log);
    }

    [Test]
    public void Restart_InTheMiddle_PostsNothingTwice()
    {
        var story = new Story();
        var demo = story.Add(Healthy);
        story.Open(22, World.A);
        story.Open(23, World.B);
        story.Down.Add(23);
        story.Run(Minutes(2));
        story.Say("The controller restarts while 22 is ready and 23 is waited for.");
        demo.Restart();
        story.Run(Minutes(2));
        story.Say("23 answers, and the controller dies between telling GitHub and noting it.");
        demo.DiesAfterPosting = true;
        story.Down.Remove(23);
        story.Run(Minutes(1));
        demo.DiesAfterPosting = false;
        demo.Restart();
        story.Run(Minutes(3));
        Assert.That(story.GitHub.Posted, Is.Unique);
        Golden.Verify("restart", story.Log);
    }

    [Test]
    public void Namespace_Missing_IsOneEventForAHundred()
    {
        var story = new Story();
        story.Add(World.Fluxed);
        foreach (var number in Enumerable.Range(1, 3))
            story.Open(number, new string((char)('a' + number), 40));
        story.Cluster.MissingNamespaces.Add("envs");
        story.Say("Three pull requests are open; the destination does not exist.");
        story.Run(Minutes(2));
        story.Say("It is created.");
        story.Cluster.MissingNamespaces.Clear();
        story.Run(Minutes(1));
        Golden.Verify("namespace-missing", story.Log);
    }

    [Test]
    public void Spec_BrokenAndMended_KeepsEverything()
    {
        var story = new Story();
        var demo = story.Add(Healthy);
        story.Open(22, World.A);
        story.Run(Minutes(1));
        story.Say("A slip in the template.");
        demo.Edit(s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NO>>.test" });
        story.Run(Minutes(2));
        story.Say("Mended, and suspended for a while.");
        demo.Edit(s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NUMBER>>.test/healthz", Suspend = true });
        story.Run(Minutes(2));
        story.Say("PR 22 was closed meanwhile; the resource is resumed.");
        story.GitHub.Close(22);
        demo.Edit(s => s with { Suspend = false });
        story.Run(Minutes(2));
        Golden.Verify("spec-broken-and-suspended", story.Log);
    }

    [Test]
    public void Flux_ComesLate_StartsByItself()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed);
        demo.Flux = FluxState.NotInstalled;
        story.Open(22, World.A);
        story.Say("Flux is not installed.");
        story.Run(Minutes(1));
        story.Say("Flux is installed.");
        demo.Flux = FluxState.Synced;
        story.Run(Minutes(1));
        Golden.Verify("flux-comes-late", story.Log);
    }

    [Test]
    public void Hands_OnReleases_AreCorrectedOrRespected()
    {
        var story = new Story();
        story.Add(World.Fluxed);
        story.Open(22, World.A);
        story.Run(Minutes(1));
        story.Say("Somebody changes the chart's version.");
        Change(story, r => r.Chart("version", "9.9.9"));
        story.Run(Minutes(1));
        story.Say("Somebody adds a value of their own.");
        Change(story, r => r.Values($$"""{"prNumber":22,"prSHA":"{{World.A}}","replicas":3}"""));
        story.Run(Minutes(1));
        story.Say("Somebody removes an annotation.");
        Change(story, r => r.Annotation(OwnerLabels.PrUrlAnnotation, null));
        story.Run(Minutes(1));
        story.Say("Somebody deletes the release.");
        story.Cluster.Run(
            new PlannedAction.Delete(22, new ResourceKey("envs", "relpr-22"), story.Cluster.Releases[0].Metadata.Uid, false, null),
            story.Now);
        story.Run(Minutes(2));
        Golden.Verify("hands", story.Log);
    }

    [Test]
    public void Writes_FailForAWhile_AreToldOnceAndMended()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed);
        story.Open(22, World.A);
        story.Say("The API server fails, and then loses an answer.");
        var tries = 0;
        demo.Fault = _ => tries++ switch
        {
            0 or 1 => (new ApiStatus(500, "InternalError", "etcdserver: request timed out"), false),
            2 => (new ApiStatus(504, "Timeout", "request timed out"), true),
            _ => null,
        };
        story.Run(Minutes(2));
        story.Say("GitHub takes no statuses of the next commit.");
        demo.Refuses = s =>
            s.Sha == World.B
                ? new ReportFailure(22, "GitHub does not let this token write commit statuses: give it the permission.", Permanent: false)
                : null;
        story.GitHub.Push(22, World.B);
        story.Run(Minutes(3));
        story.Say("Then it does.");
        demo.Refuses = _ => null;
        story.Run(Minutes(2));
        Golden.Verify("writes-fail", story.Log);
    }

    private static void Change(Story story, Func<Core.Resources.HelmRelease, Core.Resources.HelmRelease> change) =>
        story.Cluster.Change(story.Cluster.Find(new ResourceKey("envs", "relpr-22"))!, change);
}
