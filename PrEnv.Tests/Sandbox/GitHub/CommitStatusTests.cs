using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.Sandbox.GitHub;

internal sealed class CommitStatusTests : GitHubServerTestBase
{
    private string _sha = "";

    private string Url => $"repos/acme/shop/statuses/{_sha}";

    [SetUp]
    public void OpenOne() => _sha = Server.OpenPullRequest(Owner, Repo, new NewPullRequest { Branch = "feature/x" }).HeadSha;

    [TestCase("application/json")]
    [TestCase("application/x-www-form-urlencoded", Description = "what Octokit says of its JSON")]
    public async Task Post_Valid_Is201AndRecorded(string contentType)
    {
        var answer = await GitHub.PostAsync(
            Url, """{"state":"success","context":"env/a","description":"Done","target_url":"https://example.com/"}""", Token, contentType);

        Assert.That(answer.Status, Is.EqualTo(201));
        Assert.That(answer.Header("location"), Is.EqualTo($"{Server.BaseUrl}{Url}"));
        Assert.That(answer.Json.GetProperty("creator").GetProperty("login").GetString(), Is.EqualTo("bot"));
        var posted = Server.Statuses(Owner, Repo, _sha).Single();
        Assert.That(
            (posted.State, posted.Context, posted.Description, posted.TargetUrl, posted.CreatedAt),
            Is.EqualTo(("success", "env/a", "Done", "https://example.com/", Time.GetUtcNow())));
    }

    [TestCase("""{"state":"closed"}""", 422, "state is not included in the list")]
    [TestCase("""{"context":"x"}""", 422, "wasn't supplied")]
    [TestCase("""{"state":1}""", 422, "is not a string")]
    [TestCase("""{"state":"success","target_url":"ftp://example.com/"}""", 422, "target_url must use http(s) scheme")]
    [TestCase("""{"state":"success","target_url":"/relative"}""", 422, "target_url must use http(s) scheme")]
    [TestCase("""{"state":"succ""", 400, "Problems parsing JSON")]
    [TestCase("[]", 400, "Body should be a JSON object")]
    public async Task Post_Invalid_IsRefusedWithTheReason(string body, int expected, string message)
    {
        var answer = await GitHub.PostAsync(Url, body, Token);

        Assert.That(answer.Status, Is.EqualTo(expected));
        Assert.That(answer.Json.ToString(), Does.Contain(message).Or.Contain(message.Replace("'", "\\u0027", StringComparison.Ordinal)));
        Assert.That(Server.Statuses(Owner, Repo), Is.Empty);
    }

    [TestCase(140, 201)]
    [TestCase(141, 422)]
    public async Task Post_Description_IsAtMost140Characters(int length, int expected)
    {
        // Characters, not bytes.
        var description = string.Concat(Enumerable.Repeat("ü", length));

        var answer = await GitHub.PostAsync(Url, $$"""{"state":"error","description":"{{description}}"}""", Token);

        Assert.That(answer.Status, Is.EqualTo(expected));
    }

    [TestCase("context")]
    [TestCase("description")]
    public async Task Post_Emoji_Is422(string field)
    {
        var answer = await GitHub.PostAsync(Url, $$"""{"state":"error","{{field}}":"a 🙂"}""", Token);

        Assert.That(answer.Status, Is.EqualTo(422));
        Assert.That(answer.Json.ToString(), Does.Contain("unicode characters above 0xffff"));
    }

    [Test]
    public async Task Post_UnknownCommit_Is422()
    {
        var answer = await GitHub.PostAsync($"repos/acme/shop/statuses/{new string('0', 40)}", """{"state":"success"}""", Token);

        Assert.That(answer.Status, Is.EqualTo(422));
        Assert.That(answer.Text, Does.Contain("No commit found for SHA"));
    }

    [Test]
    public async Task Post_OldCommitAfterAPush_IsStillAccepted()
    {
        Server.Push(Owner, Repo, 1);

        Assert.That((await GitHub.PostAsync(Url, """{"state":"success"}""", Token)).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task Post_MoreThan1000PerContext_Is422ForThatContextOnly()
    {
        Server.SetRateLimit(Token, remaining: 5000, TimeSpan.FromHours(1));
        for (var i = 0; i < StatusesPerContext; i++)
            Assert.That((await GitHub.PostAsync(Url, """{"state":"success","context":"Env"}""", Token)).Status, Is.EqualTo(201));

        var oneMore = await GitHub.PostAsync(Url, """{"state":"success","context":"env"}""", Token);
        var other = await GitHub.PostAsync(Url, """{"state":"success","context":"other"}""", Token);

        Assert.That(oneMore.Status, Is.EqualTo(422));
        Assert.That(oneMore.Text, Does.Contain("reached the maximum number of statuses"));
        Assert.That(other.Status, Is.EqualTo(201));
    }

    private const int StatusesPerContext = 1000;

    [TestCase(TokenKind.Classic, 404)]
    [TestCase(TokenKind.FineGrained, 403)]
    public async Task Post_WithoutPushPermission_IsRefused(TokenKind kind, int expected)
    {
        Server.AddToken("reader", kind: kind);

        var answer = await GitHub.PostAsync(Url, """{"state":"success"}""", "reader");

        Assert.That(answer.Status, Is.EqualTo(expected));
        Assert.That(answer.Header("x-accepted-github-permissions"), Is.EqualTo(expected == 403 ? "statuses=write" : null));
        Assert.That((await GitHub.PostAsync(Url, """{"state":"success"}""")).Status, Is.EqualTo(404), "without a token");
    }

    [Test]
    public async Task List_Statuses_AreNewestFirstAndPaged()
    {
        foreach (var state in (string[])["pending", "failure", "success"])
            await GitHub.PostAsync(Url, $$"""{"state":"{{state}}"}""", Token);

        var first = await GitHub.GetAsync($"repos/acme/shop/commits/{_sha}/statuses?per_page=2", Token);
        var second = await GitHub.GetAsync(first.Link("next")!, Token);

        Assert.That(States(first), Is.EqualTo(["success", "failure"]));
        Assert.That(States(second), Is.EqualTo(["pending"]));
    }

    [TestCase(new string[0], "pending")]
    [TestCase(new[] { "a:success" }, "success")]
    [TestCase(new[] { "a:success", "b:pending" }, "pending")]
    [TestCase(new[] { "a:pending", "b:error" }, "failure")]
    [TestCase(new[] { "a:failure", "b:success", "A:success" }, "success", Description = "contexts have no case: the newest counts")]
    public async Task Combined_LatestOfEachContext_DecidesTheState(string[] posted, string expected)
    {
        foreach (var status in posted.Select(entry => entry.Split(':')))
            await GitHub.PostAsync(Url, $$"""{"state":"{{status[1]}}","context":"{{status[0]}}"}""", Token);

        foreach (var reference in (string[])[_sha, "feature/x", "heads/feature/x", "pull/1/head"])
        {
            var combined = (await GitHub.GetAsync($"repos/acme/shop/commits/{reference}/status", Token)).Json;
            Assert.That(combined.GetProperty("state").GetString(), Is.EqualTo(expected), reference);
            Assert.That(combined.GetProperty("sha").GetString(), Is.EqualTo(_sha));
        }
    }

    [Test]
    public async Task Combined_UnknownReference_Is404() =>
        Assert.That((await GitHub.GetAsync("repos/acme/shop/commits/nowhere/status", Token)).Status, Is.EqualTo(404));

    private static IEnumerable<string?> States(RawAnswer answer) =>
        answer.Json.EnumerateArray().Select(status => status.GetProperty("state").GetString());
}
