using System.Text.Json.Nodes;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

[CancelAfter(120_000)]
internal sealed class RealPayloadTests
{
    /// <summary>The predecessor read the first 30 and took the others for closed.</summary>
    [Test]
    public async Task ListAsync_250PullRequestsOfRealShape_ReturnsAllAndCachesThemSmall()
    {
        var samples = RealPayloads.OpenedPullRequests();
        var pages = Enumerable.Range(1, 250)
            .Select(number => Sample(samples, number))
            .Chunk(100)
            .Select(page => PullRequestBody.Array(page))
            .ToArray();
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(pages));

        var listing = await github.ListCompleteAsync();

        Assert.Multiple(() =>
        {
            Assert.That(listing.Select(pr => pr.Number), Is.EqualTo(Enumerable.Range(1, 250)));
            Assert.That(listing.Select(pr => pr.HeadSha), Is.All.Matches("^[0-9a-f]{40}$"));
            Assert.That(listing.Select(pr => pr.IsFork), Is.All.False);
            Assert.That(listing.Select(pr => pr.Author), Is.All.EqualTo("Codertocat"));
            Assert.That(listing.Select(pr => pr.BaseBranch), Is.All.EqualTo("master"));
            Assert.That(github.Get<PageCache>().Size, Is.LessThan(pages.Sum(page => page.Length) / 10));
        });
    }

    private static JsonObject Sample(IReadOnlyList<JsonObject> samples, int number)
    {
        var sample = samples[number % samples.Count].DeepClone().AsObject();
        sample["number"] = number;
        return sample;
    }
}
