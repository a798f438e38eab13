namespace PrEnv.Tests.Sandbox.GitHub;

/// <summary>The comments of a whole repository.</summary>
internal sealed class RepositoryCommentsTests : GitHubServerTestBase
{
    private const string Comments = "repos/acme/shop/issues/comments";

    [Test]
    public async Task List_SinceATime_HasWhatWasWrittenOrChangedThenOrLater_InTheOrderOfThat()
    {
        var edited = Say(1);
        Say(2);
        Time.Advance(TimeSpan.FromMinutes(1));
        var last = Say(3);
        Time.Advance(TimeSpan.FromSeconds(1));
        await GitHub.SendAsync(
            HttpMethod.Patch, $"{Comments}/{edited}", Token,
            r => r.Content = new StringContent("""{"body":"new"}""", null, "application/json"));

        var answer = await GitHub.GetAsync($"{Comments}?since=2026-01-02T03:05:05Z&sort=updated&direction=asc", Token);

        Assert.That(Ids(answer), Is.EqualTo((long[])[last, edited]));
        Assert.That(
            answer.Json.EnumerateArray().Select(c => c.GetProperty("issue_url").GetString()!.Split('/')[^1]),
            Is.EqualTo((string[])["3", "1"]));
    }

    [TestCase("", "123")]
    [TestCase("?direction=desc", "123")]
    [TestCase("?sort=created&direction=desc", "321")]
    public async Task List_InTheOrderThatIsAskedFor_IsInIt(string query, string expected)
    {
        foreach (var number in (int[])[1, 2, 3])
            Say(number);

        var answer = await GitHub.GetAsync(Comments + query, Token);

        Assert.That(
            string.Concat(answer.Json.EnumerateArray().Select(c => c.GetProperty("issue_url").GetString()![^1])), Is.EqualTo(expected));
    }

    [Test]
    public async Task List_OnThreePages_IsLinkedAndRevalidated()
    {
        for (var i = 0; i < 250; i++)
            Say(1);
        var (ids, pages) = (new List<long>(), 0);
        for (string? url = Comments + "?sort=updated&direction=asc&per_page=100"; url is not null; pages++)
        {
            var answer = await GitHub.GetAsync(url, Token);
            ids.AddRange(Ids(answer));
            Assert.That((await GitHub.GetAsync(url, Token, answer.Header("etag"))).Status, Is.EqualTo(304));
            url = answer.Link("next");
        }

        Assert.That((pages, ids.Distinct().Count()), Is.EqualTo((3, 250)));
    }

    [TestCase("?sort=popularity")]
    [TestCase("?sort=updated&direction=up")]
    public async Task List_InAnOrderThatThereIsNot_IsRefused(string query) =>
        Assert.That((await GitHub.GetAsync(Comments + query, Token)).Status, Is.EqualTo(422));

    private long Say(int number) => Server.Comment(Owner, Repo, number, "mona", "hello").Id;

    private static long[] Ids(RawAnswer answer) => [.. answer.Json.EnumerateArray().Select(c => c.GetProperty("id").GetInt64())];
}
