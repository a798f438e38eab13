using System.Text.Json;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.Sandbox.GitHub;

namespace PrEnv.Tests.Sandbox;

/// <summary>
/// Is the double still what GitHub's OpenAPI description says? Every operation goes through a proxy that checks both sides. Not checked
/// here: redirects (the proxy follows them itself), a deleted head repository (GitHub sends null, its description forbids it) and a
/// deployment status without links (GitHub sends empty ones, its description forbids them).
/// </summary>
[Category("Contract")]
[CancelAfter(180_000)]
internal sealed class GitHubContractTests
{
    private const string Token = "t";
    private const string Repository = "repos/acme/shop";
    private GitHubServer? _server;
    private ContractProxy? _proxy;
    private RawGitHub? _github;

    private GitHubServer Server => _server!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await GitHubServer.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        _proxy = await ContractProxy.StartAsync(_server.BaseUrl, patience.Token);
        _server.PublicBaseUrl = _proxy.BaseUrl;
        _github = new RawGitHub(_proxy.BaseUrl);
        _server.CreateRepository("acme", "shop", id: 77);
        _server.CreateRepository("acme", "many");
        _server.AddToken(Token);
        _server.Grant(Token, "acme", "shop");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _github?.Dispose();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Test]
    public async Task Contract_ListOverThreePages_HoldsAndRevalidates()
    {
        for (var i = 0; i < 250; i++)
            Server.OpenPullRequest("acme", "many");
        var numbers = new List<int>();
        var pages = 0;
        for (string? url = "repos/acme/many/pulls?state=all&per_page=100&sort=created&direction=asc"; url is not null; pages++)
        {
            var answer = await GetAsync(url, 200);
            numbers.AddRange(answer.Json.EnumerateArray().Select(pr => pr.GetProperty("number").GetInt32()));
            var again = await GetAsync(url, 304, answer.Header("etag"));
            Assert.That(again.Header("content-type"), Is.Null);
            url = answer.Link("next");
        }

        Assert.That(pages, Is.EqualTo(3));
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, 250)));
    }

    [Test]
    public async Task Contract_PullRequestOfEveryKind_HoldsAloneAndListed()
    {
        var fork = Server.OpenPullRequest("acme", "shop", new NewPullRequest { ForkOwner = "eve", Draft = true, Labels = ["preview"] });
        var largest = Server.OpenPullRequest("acme", "shop", new NewPullRequest { Number = int.MaxValue });
        var merged = Server.OpenPullRequest("acme", "shop");
        var closed = Server.OpenPullRequest("acme", "shop");
        Server.Merge("acme", "shop", merged.Number);
        Server.Close("acme", "shop", closed.Number);

        await GetAsync($"{Repository}/pulls?state=all", 200);
        foreach (var number in (int[])[fork.Number, largest.Number, merged.Number, closed.Number])
        {
            var answer = await GetAsync($"{Repository}/pulls/{number}", 200);
            await GetAsync($"{Repository}/pulls/{number}", 304, answer.Header("etag"));
        }
    }

    [TestCase(Repository)]
    [TestCase("rate_limit")]
    public async Task Contract_RepositoryAndRateLimit_Hold(string url) => await GetAsync(url, 200);

    [Test]
    public async Task Contract_Statuses_HoldFromPostToCombined()
    {
        var sha = Server.OpenPullRequest("acme", "shop").HeadSha;
        foreach (var body in (string[])
            [
                """{"state":"pending"}""",
                """{"state":"failure","context":"env/a","description":"Failed"}""",
                """{"state":"success","context":"env/a","description":"Done","target_url":"https://example.com/"}""",
            ])
        {
            var posted = await _github!.PostAsync($"{Repository}/statuses/{sha}", body, Token);
            Assert.That(posted.Status, Is.EqualTo(201), posted.Text);
            AssertNoViolation(posted);
        }

        var listed = await GetAsync($"{Repository}/commits/{sha}/statuses?per_page=2", 200);
        var combined = await GetAsync($"{Repository}/commits/{sha}/status", 200);

        Assert.That(listed.Json.GetArrayLength(), Is.EqualTo(2));
        Assert.That(combined.Json.GetProperty("state").GetString(), Is.EqualTo("pending"));
        await GetAsync($"{Repository}/commits/{sha}/statuses?per_page=2", 304, listed.Header("etag"));
    }

    [Test]
    public async Task Contract_ReviewsAndPermissions_Hold()
    {
        var number = Server.OpenPullRequest("acme", "shop", new NewPullRequest { ForkOwner = "eve" }).Number;
        Server.Review("acme", "shop", number, "mona");
        Server.DismissReview("acme", "shop", number, Server.Review("acme", "shop", number, "hubot").Id);
        Server.SetRole("acme", "shop", "mona", "maintain");

        var answer = await GetAsync($"{Repository}/pulls/{number}/reviews?per_page=100", 200);
        await GetAsync($"{Repository}/pulls/{number}/reviews?per_page=100", 304, answer.Header("etag"));
        var permission = await GetAsync($"{Repository}/collaborators/mona/permission", 200);
        Assert.That(permission.Json.GetProperty("permission").GetString(), Is.EqualTo("write"));
    }

    [Test]
    public async Task Contract_CommentsAndReactions_HoldFromPostToDelete()
    {
        var number = Server.OpenPullRequest("acme", "shop").Number;

        var posted = await WriteAsync(HttpMethod.Post, $"{Repository}/issues/{number}/comments", """{"body":"hello"}""", 201);
        var id = posted.Json.GetProperty("id").GetInt64();
        await WriteAsync(HttpMethod.Patch, $"{Repository}/issues/comments/{id}", """{"body":"again"}""", 200);
        await WriteAsync(HttpMethod.Post, $"{Repository}/issues/comments/{id}/reactions", """{"content":"eyes"}""", 201);
        await WriteAsync(HttpMethod.Post, $"{Repository}/issues/comments/{id}/reactions", """{"content":"eyes"}""", 200);
        await GetAsync($"{Repository}/issues/comments/{id}/reactions", 200);
        await GetAsync($"{Repository}/issues/comments/{id}", 200);
        var listed = await GetAsync($"{Repository}/issues/{number}/comments?since=2026-01-01T00:00:00Z&per_page=100", 200);
        Assert.That(listed.Json[0].GetProperty("reactions").GetProperty("eyes").GetInt32(), Is.EqualTo(1));
        foreach (var repository in (string[])[Repository, "repositories/77"])
        {
            var url = $"{repository}/issues/comments?since=2026-01-01T00:00:00Z&sort=updated&direction=asc&per_page=100";
            var all = await GetAsync(url, 200);
            Assert.That(all.Json.EnumerateArray().Select(c => c.GetProperty("id").GetInt64()), Does.Contain(id));
            await GetAsync(url, 304, all.Header("etag"));
        }

        await GetAsync($"{Repository}/issues/comments?sort=popularity", 422);
        await WriteAsync(HttpMethod.Delete, $"{Repository}/issues/comments/{id}", null, 204);
        await GetAsync($"{Repository}/issues/comments/{id}", 404);
    }

    [Test]
    public async Task Contract_Deployments_HoldFromPostToInactive()
    {
        var sha = Server.OpenPullRequest("acme", "shop").HeadSha;
        await WriteAsync(HttpMethod.Post, $"{Repository}/statuses/{sha}", """{"state":"failure"}""", 201);
        await WriteAsync(HttpMethod.Post, $"{Repository}/deployments", $$"""{"ref":"{{sha}}"}""", 409);
        await WriteAsync(
            HttpMethod.Post, $"{Repository}/deployments", $$"""{"ref":"{{new string('0', 40)}}","required_contexts":[]}""", 422);
        var posted = await WriteAsync(
            HttpMethod.Post, $"{Repository}/deployments",
            $$$"""{"ref":"{{{sha}}}","environment":"pr-1","auto_merge":false,"required_contexts":[],"transient_environment":true,"production_environment":false,"payload":{"prenv":"a/b"}}""", 201);
        var id = posted.Json.GetProperty("id").GetInt64();
        foreach (var state in (string[])["in_progress", "success", "inactive"])
        {
            await WriteAsync(
                HttpMethod.Post, $"{Repository}/deployments/{id}/statuses",
                $$"""{"state":"{{state}}","description":"d","environment_url":"https://e.test/","log_url":"https://l.test/","auto_inactive":false}""", 201);
        }

        await GetAsync($"{Repository}/deployments/{id}/statuses", 200);
        var listed = await GetAsync($"{Repository}/deployments?sha={sha}&environment=pr-1&per_page=100", 200);
        Assert.That(listed.Json.GetArrayLength(), Is.EqualTo(1));
        await WriteAsync(HttpMethod.Delete, $"{Repository}/deployments/{id}", null, 204);
    }

    [Test]
    public async Task Contract_Errors_AreThoseThatGitHubDocuments()
    {
        var sha = Server.OpenPullRequest("acme", "shop").HeadSha;

        await GetAsync("repos/acme/none", 404);
        await GetAsync($"{Repository}/pulls/99999", 404);
        AssertIsError(await _github!.GetAsync($"{Repository}/pulls", "wrong"), 401);
        AssertIsError(await _github.GetAsync("repos/acme/none/pulls", Token), 404);
        AssertIsError(await _github.PostAsync($"{Repository}/statuses/{sha}", """{"state":"error","target_url":"ftp://x/"}""", Token), 422);
        AssertIsError(await _github.PostAsync($"{Repository}/statuses/{new string('0', 40)}", """{"state":"error"}""", Token), 422);
    }

    [Test]
    public async Task Contract_WrongAnswer_IsCaught()
    {
        Server.Faults.Add(new FaultRule { Effect = new FaultEffect.Answer(200, """[{"number":1}]""") });

        var answer = await _github!.GetAsync($"{Repository}/pulls", Token);

        Assert.That(answer.Status, Is.EqualTo(500), "a check that lets this pass checks nothing");
        Assert.That(answer.Text, Does.Contain("VIOLATIONS"));
    }

    [Test]
    public async Task Contract_WrongRequest_IsCaught()
    {
        Server.Requests.Reset();

        var answer = await _github!.PostAsync($"{Repository}/statuses/{new string('0', 40)}", """{"state":"closed"}""", Token);

        Assert.That(answer.Status, Is.EqualTo(422));
        Assert.That(Server.Requests.Counters.Total, Is.Zero, "it must not reach the double");
    }

    private async Task<RawAnswer> WriteAsync(HttpMethod method, string url, string? body, int expected)
    {
        var answer = await _github!.SendAsync(method, url, Token, request =>
            request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.That(answer.Status, Is.EqualTo(expected), answer.Text);
        AssertNoViolation(answer);
        return answer;
    }

    private async Task<RawAnswer> GetAsync(string url, int expected, string? etag = null)
    {
        var answer = await _github!.GetAsync(url, Token, etag);
        Assert.That(answer.Status, Is.EqualTo(expected), answer.Text);
        AssertNoViolation(answer);
        return answer;
    }

    /// <summary>
    /// GitHub's description leaves out answers that its documentation has (401 everywhere, 304, 404 and 422 here and there): nothing else
    /// may be reported.
    /// </summary>
    private static void AssertNoViolation(RawAnswer answer)
    {
        var violations = JsonDocument.Parse(answer.Header("sl-violations") ?? "[]").RootElement.EnumerateArray();
        var others = violations.Where(violation =>
            answer.Status is not (304 or 401 or 404 or 422)
            || !violation.GetProperty("message").GetString()!.StartsWith(
                "Unable to match the returned status code", StringComparison.Ordinal));
        Assert.That(others, Is.Empty);
    }

    private static void AssertIsError(RawAnswer answer, int expected)
    {
        Assert.That(answer.Status, Is.EqualTo(expected), answer.Text);
        AssertNoViolation(answer);
        Assert.That(answer.Header("content-type"), Is.EqualTo("application/json; charset=utf-8"));
        foreach (var field in (string[])["message", "documentation_url"])
            Assert.That(answer.Json.GetProperty(field).ValueKind, Is.EqualTo(JsonValueKind.String), field);
    }
}
