using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Files;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

/// <summary>A hung GitHub holds up nobody for longer than the deadline.</summary>
[CancelAfter(120_000)]
internal sealed class DeadlineTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Test]
    public async Task ListAsync_NoAnswer_EndsAtTheRequestTimeout()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Stall);
        var listing = github.ListAsync();
        // A hundred pull requests a page, fifty, twenty-five.
        for (var size = 0; size < 3; size++)
        {
            await github.Server.ArrivedAsync();
            github.Time.Advance(TimeSpan.FromSeconds(30) - Moment);
            Assert.That(listing.IsCompleted, Is.False);
            github.Time.Advance(Moment);
        }

        Assert.That(
            await listing, Is.EqualTo(new PullRequestListing.Unavailable(UnavailableReason.Timeout, "GitHub did not answer in time.")));
    }

    [Test]
    public async Task ListAsync_HalfABody_EndsAtTheRequestTimeout()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.StalledBody("[{"));
        var listing = github.ListAsync();
        for (var size = 0; size < 3; size++)
        {
            await github.Server.ArrivedAsync();
            github.Time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.That(GitHubHarness.Unavailable(await listing).Reason, Is.EqualTo(UnavailableReason.Timeout));
    }

    [Test]
    public async Task ReadFiles_ManySlowPages_EndAtTheFilesTimeout()
    {
        var options = new GitHubClientOptions { FilesTimeout = TimeSpan.FromSeconds(20) };
        await using var github = await GitHubHarness.StartAsync(context => Answers.PageOf(context) == 1
            ? Answers.Json("[]", 200, ("Link", Answers.NextLink(context, 2)))(context)
            : Answers.Stall(context), options);
        var reading = github.Get<IFilesSource>().ReadAsync(github.Access, 22, new string('a', 40), CancellationToken.None);
        await github.Server.ArrivedAsync();
        await github.Server.ArrivedAsync();

        github.Time.Advance(options.FilesTimeout - Moment);
        Assert.That(reading.IsCompleted, Is.False);
        github.Time.Advance(Moment);

        Assert.That(await reading, Is.EqualTo(new ChangedFiles.Unknown("GitHub did not answer in time.")));
    }

    [Test]
    public async Task ListAsync_ManySlowPages_EndsAtTheListingTimeout()
    {
        var options = new GitHubClientOptions { ListingTimeout = TimeSpan.FromSeconds(20) };
        await using var github = await GitHubHarness.StartAsync(context => Answers.PageOf(context) == 1
            ? Answers.Json(PullRequestBody.Page(1), 200, ("Link", Answers.NextLink(context, 2)))(context)
            : Answers.Stall(context), options);
        var listing = github.ListAsync();
        await github.Server.ArrivedAsync();
        await github.Server.ArrivedAsync();

        github.Time.Advance(options.ListingTimeout);

        var unavailable = GitHubHarness.Unavailable(await listing);
        Assert.Multiple(() =>
        {
            Assert.That(unavailable.Reason, Is.EqualTo(UnavailableReason.Timeout));
            Assert.That(unavailable.Message, Does.Contain("list"));
        });
    }

    [Test]
    public async Task ListAsync_CallerCancels_ThrowsAndFreesTheCredential()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Sequence(Answers.Stall, Answers.Json("[]")));
        using var caller = new CancellationTokenSource();
        var listing = github.ListAsync(cancellationToken: caller.Token);
        await github.Server.ArrivedAsync();

        await caller.CancelAsync();

        Assert.That(async () => await listing, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await github.ListNumbersAsync(), Is.Empty);
    }

    [Test]
    public async Task ListAsync_AfterATimeout_TheNextRequestIsSent()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Sequence(Answers.Stall, Answers.Json("[]")));
        var listing = github.ListAsync();
        await github.Server.ArrivedAsync();
        github.Time.Advance(TimeSpan.FromSeconds(30));
        await listing;

        Assert.That(await github.ListNumbersAsync(), Is.Empty);
    }
}
