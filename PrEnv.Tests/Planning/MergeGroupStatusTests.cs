using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning;

/// <summary>What the head commits of merge groups are to show.</summary>
internal sealed class MergeGroupStatusTests
{
    private static readonly string Head = new('c', 40);

    [Test]
    public void OpenPullRequest_GivesItsVerdict() =>
        Assert.That(
            Of(World.Plain.Open(7, World.A)).Select(s => (s.PrNumber, s.Status.Sha, s.Status.Context, s.Status.State)),
            Is.EqualTo([(7, Head, World.Context, CommitState.Success)]));

    [Test]
    public void EnvironmentIsNotReady_IsPending() =>
        Assert.That(Of(World.Probing.Open(7, World.A)).Single().Status.State, Is.EqualTo(CommitState.Pending));

    [Test]
    public void PullRequestIsClosed_GetsNothing() => Assert.That(Of(World.Plain), Is.Empty);

    [Test]
    public void PullRequestIsNotSelected_GetsNothingUnlessSkippedOnesSucceed()
    {
        var draft = World.Plain.Open(7, World.A, pr => pr with { IsDraft = true })
            .Spec(s => s with { PullRequests = new PullRequestSelection { Drafts = "Skip" } });
        Assert.That(Of(draft), Is.Empty);

        var succeeds = draft.Spec(s => s with { Report = new Report { CommitStatus = new CommitStatusReport { Skipped = "Success" } } });
        Assert.That(Of(succeeds).Single().Status.State, Is.EqualTo(CommitState.Success));
    }

    [Test]
    public void WithoutAWebhook_OrSwitchedOff_GetsNothing()
    {
        Assert.That(Of(World.Plain.Open(7, World.A), hook: false), Is.Empty);
        var off = World.Plain.Open(7, World.A)
            .Spec(s => s with { Report = new Report { CommitStatus = new CommitStatusReport { MergeQueue = false } } });
        Assert.That(Of(off), Is.Empty);
    }

    [Test]
    public void ListingIsMissing_GetsNothing()
    {
        var away = new PullRequestListing.Unavailable(UnavailableReason.ServerError, "away", null);
        Assert.That(Of(World.Plain.Open(7, World.A) with { Answer = away }), Is.Empty);
    }

    [Test]
    public void HeadIsShared_GivesWhatTheHeadShows()
    {
        var world = World.Plain.Open(7, World.A).Open(8, World.A);
        Assert.That(Of(world).Single().Status, Has.Property("Shown").Null.And.Property("About").EqualTo(7));
    }

    private static ImmutableArray<(int PrNumber, CommitStatus Status)> Of(World world, bool hook = true)
    {
        var group = new MergeGroup(7, Head);
        if (hook)
        {
            world = world.Spec(s => s with
            {
                GitHubPRRepository = s.GitHubPRRepository! with { WebhookSecretRef = new SecretKeyReference { Name = "hook" } },
            });
        }

        var resource = world.Resource with
        {
            Metadata = world.Resource.Metadata with
            {
                Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [MergeGroups.NameOf(group)] = MergeGroups.ValueOf(group, World.Noon),
                },
            },
        };
        var snapshot = (world with { Resource = resource }).Snapshot();
        return Conclusion.ForMergeGroups(snapshot, EnvironmentReconciler.Reconcile(snapshot), []);
    }
}
