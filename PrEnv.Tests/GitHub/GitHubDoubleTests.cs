using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub;

/// <summary>The adapters against a GitHub that remembers.</summary>
internal sealed class GitHubDoubleTests : RepositoryTestBase
{
    [Test]
    public async Task ListAsync_250PullRequestsTwice_CostsThreeRequests()
    {
        for (var i = 0; i < 250; i++)
            Server.OpenPullRequest("acme", "shop");
        var first = await Client.ListCompleteAsync();

        var second = await Client.ListCompleteAsync();

        Assert.Multiple(() =>
        {
            Assert.That(first.Select(pr => pr.Number), Is.EqualTo(Enumerable.Range(1, 250)));
            Assert.That(second, Is.EqualTo(first));
            Assert.That(Server.Requests.Counters.Charged, Is.EqualTo(3));
            Assert.That(Server.Requests.Counters.Uncharged, Is.EqualTo(3));
        });
    }

    // Why resources on one repository need not share a listing.
    [Test]
    public async Task ListAsync_TwentyAtOnce_AreChargedAsOne()
    {
        for (var i = 0; i < 250; i++)
            Server.OpenPullRequest("acme", "shop");

        var listings = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Client.ListAsync()));

        Assert.Multiple(() =>
        {
            Assert.That(listings, Is.All.InstanceOf<PullRequestListing.Complete>());
            Assert.That(Server.Requests.Counters.Charged, Is.EqualTo(3));
            Assert.That(Server.Requests.Counters.Uncharged, Is.EqualTo(57));
        });
    }

    [Test]
    public async Task ListAsync_HundredThenOneMore_ReturnsAll()
    {
        for (var i = 0; i < 100; i++)
            Server.OpenPullRequest("acme", "shop");
        await Client.ListNumbersAsync();
        Server.OpenPullRequest("acme", "shop");

        Assert.That(await Client.ListNumbersAsync(), Has.Length.EqualTo(101));
    }

    [Test]
    public async Task ListAsync_PushedAndClosed_IsSeenAtOnce()
    {
        Server.OpenPullRequest("acme", "shop");
        Server.OpenPullRequest("acme", "shop");
        await Client.ListNumbersAsync();
        var pushed = Server.Push("acme", "shop", 1);
        Server.Close("acme", "shop", 2);

        var listing = await Client.ListCompleteAsync();

        Assert.Multiple(() =>
        {
            Assert.That(listing.Select(pr => pr.Number), Is.EqualTo((int[])[1]));
            Assert.That(listing.Single().HeadSha, Is.EqualTo(pushed.HeadSha));
        });
    }

    [Test]
    public async Task ListAsync_Forks_AreTold()
    {
        Server.OpenPullRequest("acme", "shop");
        Server.OpenPullRequest("acme", "shop", new NewPullRequest { ForkOwner = "stranger" });
        Server.OpenPullRequest("acme", "shop", new NewPullRequest { ForkOwner = "stranger", HeadRepositoryDeleted = true });
        Server.OpenPullRequest("acme", "shop", new NewPullRequest { Author = null });

        var listing = await Client.ListCompleteAsync();

        Assert.That(listing.Select(pr => pr.IsFork), Is.EqualTo((bool[])[false, true, true, false]));
    }

    [Test]
    public async Task GetStateAsync_ClosedMergedReopenedAndUnknown_IsWhatItIs()
    {
        for (var i = 0; i < 3; i++)
            Server.OpenPullRequest("acme", "shop");
        Server.Close("acme", "shop", 1);
        Server.Merge("acme", "shop", 2);
        Server.Close("acme", "shop", 3);
        Server.Reopen("acme", "shop", 3);
        var states = new List<PullRequestState>();
        foreach (var number in (int[])[1, 2, 3, 4])
            states.Add(await Client.PullRequests.GetStateAsync(Client.Access, number, CancellationToken.None));

        Assert.That(states, Is.EqualTo((PullRequestState[])
            [PullRequestState.Closed, PullRequestState.Closed, PullRequestState.Open, PullRequestState.Hidden]));
    }

    [Test]
    public async Task ListAsync_Renamed_IsFollowedAndSaysTheNewName()
    {
        var open = Server.OpenPullRequest("acme", "shop");
        Server.RenameRepository("acme", "shop", "octo", "store");

        var listing = (PullRequestListing.Complete)await Client.ListAsync();

        Assert.That(listing.MovedTo, Is.EqualTo("octo/store"));
        Assert.That(listing.PullRequests.Select(p => p.Number), Is.EqualTo((int[])[open.Number]));
    }

    [Test]
    public async Task EveryCall_Renamed_GoesToTheSameRepository_AndTheRedirectIsPaidForOnce()
    {
        var open = Server.OpenPullRequest("acme", "shop");
        var status = new CommitStatus(open.HeadSha, "c", CommitState.Success, "", null);
        await Client.ListNumbersAsync();
        Server.RenameRepository("acme", "shop", "octo", "store");
        Assert.That(await PostAsync(status), Is.InstanceOf<WriteResult<CommitStatus>.Done>(), "a write before the redirect is known");
        await Client.ListNumbersAsync();
        Server.Requests.Reset();

        await Client.ListNumbersAsync();
        Assert.That(Server.Requests.Counters.Charged, Is.Zero);
        Assert.That(
            await Client.PullRequests.GetStateAsync(Client.Access, open.Number, CancellationToken.None), Is.EqualTo(PullRequestState.Open));
        Assert.That(await PostAsync(status), Is.InstanceOf<WriteResult<CommitStatus>.Done>());
        Assert.That(Server.Requests.Entries.Select(e => e.Status), Has.None.InRange(300, 303));
    }

    [Test]
    public async Task ListAsync_RenamedAndTheOldNameTakenByAnother_IsSeenWithinTheHour()
    {
        Server.OpenPullRequest("acme", "shop");
        Server.RenameRepository("acme", "shop", "octo", "store");
        await Client.ListNumbersAsync();
        Server.CreateRepository("acme", "shop");
        Server.Grant(GitHubClientHost.Token, "acme", "shop");
        Client.Time.Advance(TimeSpan.FromHours(1));

        var listing = (PullRequestListing.Complete)await Client.ListAsync();

        Assert.That(listing.MovedTo, Is.Null);
        Assert.That(listing.PullRequests, Is.Empty);
    }

    [Test]
    public async Task ListAsync_RenamedAndThenDeleted_IsNotFound()
    {
        Server.RenameRepository("acme", "shop", "octo", "store");
        await Client.ListNumbersAsync();
        Server.DeleteRepository("octo", "store");

        Assert.That((await Client.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.NotFound));
    }

    [Test]
    public async Task ListAsync_TokenRevoked_IsUnauthorizedAndHasNoMemory()
    {
        await Client.ListNumbersAsync();
        Server.RevokeToken(GitHubClientHost.Token);

        Assert.That((await Client.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.Unauthorized));
    }

    [Test]
    public async Task ListAsync_AnonymousOnAPrivateRepository_IsNotFound() =>
        Assert.That(
            (await Client.ListUnavailableAsync(Client.Access with { Credential = GitHubCredential.Anonymous })).Reason,
            Is.EqualTo(UnavailableReason.NotFound));

    [Test]
    public async Task PostAsync_ThenRead_ReturnsWhatWasPosted()
    {
        var sha = Server.OpenPullRequest("acme", "shop").HeadSha;
        var pending = new CommitStatus(sha, "ephemeral-env/shop", CommitState.Pending, "Coming", null);
        var success = pending with { State = CommitState.Success, Description = "Ready", TargetUrl = "https://pr-1.example.com/" };

        Assert.That(await ReadAsync(sha), Is.EqualTo(new StatusReading(true, null)));
        Assert.That(await PostAsync(pending), Is.InstanceOf<WriteResult<CommitStatus>.Done>());
        Assert.That(await ReadAsync(sha), Is.EqualTo(new StatusReading(true, pending)));
        Assert.That(await PostAsync(success), Is.InstanceOf<WriteResult<CommitStatus>.Done>());
        Assert.That(await ReadAsync(sha), Is.EqualTo(new StatusReading(true, success)));
    }

    [Test]
    public async Task PostAsync_UnknownCommit_IsPermanent()
    {
        var result = await PostAsync(new CommitStatus(PullRequestBody.Sha, "c", CommitState.Success, "", null));

        Assert.That(result, Is.EqualTo(
            new WriteResult<CommitStatus>.Failed("GitHub refused the request (422): the commit does not exist.", WriteFailure.Refused)));
    }

    [Test]
    public async Task PostAsync_ThousandStatuses_IsPermanent()
    {
        var sha = Server.OpenPullRequest("acme", "shop").HeadSha;
        var results = new List<WriteResult<CommitStatus>>();
        for (var i = 0; i <= 1000; i++)
        {
            results.Add(await PostAsync(new CommitStatus(sha, "c", CommitState.Success, "", null)));
            Client.Time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Multiple(() =>
        {
            Assert.That(results.Take(1000), Is.All.InstanceOf<WriteResult<CommitStatus>.Done>());
            Assert.That(results[1000], Is.EqualTo(new WriteResult<CommitStatus>.Failed(
                "GitHub refused the request (422): this commit and context already have 1000 statuses, which is GitHub's limit.",
                WriteFailure.Full)));
        });
    }

    [Test]
    public async Task PostAsync_TokenMayOnlyRead_SaysWhatItNeeds()
    {
        var sha = Server.OpenPullRequest("acme", "shop").HeadSha;
        Server.Grant(GitHubClientHost.Token, "acme", "shop", AccessLevel.Read);

        var failed = await PostAsync(new CommitStatus(sha, "c", CommitState.Success, "", null)) as WriteResult<CommitStatus>.Failed;

        Assert.That(failed?.Message, Does.Contain("write permission for commit statuses"));
    }

    private Task<WriteResult<CommitStatus>> PostAsync(CommitStatus status) =>
        Client.Statuses.PostAsync(Client.Access, status, CancellationToken.None);

    private Task<StatusReading> ReadAsync(string sha) =>
        Client.Statuses.ReadAsync(Client.Access, sha, "ephemeral-env/shop", CancellationToken.None);

    [Test]
    public async Task PostAsync_DescriptionWithEmoji_IsPostedWithoutThem()
    {
        var open = Server.OpenPullRequest("acme", "shop");
        var posted = await Client.Statuses.PostAsync(
            Client.Access, new CommitStatus(open.HeadSha, "c", CommitState.Failure, "Helm 🚀 failed: größe", "https://😀.test/"),
            CancellationToken.None);

        Assert.That(posted, Is.InstanceOf<WriteResult<CommitStatus>.Done>());
        Assert.That(Server.Statuses("acme", "shop").Single(), Has.Property("Description").EqualTo("Helm  failed: größe"));
    }

    [Test]
    public async Task PostAsync_ContextWithEmoji_IsRefused()
    {
        var open = Server.OpenPullRequest("acme", "shop");
        var posted = await Client.Statuses.PostAsync(
            Client.Access, new CommitStatus(open.HeadSha, "🚀", CommitState.Failure, "d", null), CancellationToken.None);

        Assert.That((posted as WriteResult<CommitStatus>.Failed)?.Why, Is.EqualTo(WriteFailure.Refused));
    }
}
