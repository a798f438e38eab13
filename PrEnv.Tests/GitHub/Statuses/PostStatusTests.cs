using System.Text.Json.Nodes;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Statuses;

[CancelAfter(120_000)]
internal sealed class PostStatusTests
{
    private static readonly CommitStatus Status =
        new(PullRequestBody.Sha, "ephemeral-env/shop", CommitState.Success, "Environment is ready", "https://pr-1.example.com/");

    [Test]
    public async Task PostAsync_Accepted_IsPostedAsJson()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("""{"id":1}""", 201));

        Assert.That(await PostAsync(github), Is.InstanceOf<WriteResult<CommitStatus>.Done>());
        var request = github.Server.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(request.Method, Is.EqualTo("POST"));
            Assert.That(request.PathAndQuery, Is.EqualTo($"/repos/acme/shop/statuses/{PullRequestBody.Sha}"));
            Assert.That(request.Header("Content-Type"), Is.EqualTo("application/json"));
            Assert.That(request.Header("X-GitHub-Api-Version"), Is.EqualTo("2022-11-28"));
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(request.Body), JsonNode.Parse("""
                {"state":"success","target_url":"https://pr-1.example.com/","description":"Environment is ready","context":"ephemeral-env/shop"}
                """)), Is.True, request.Body);
        });
    }

    [TestCase(CommitState.Pending, "pending")]
    [TestCase(CommitState.Success, "success")]
    [TestCase(CommitState.Failure, "failure")]
    [TestCase(CommitState.Error, "error")]
    public async Task PostAsync_State_IsSentAsGitHubSpellsIt(CommitState state, string word)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("{}", 201));

        await PostAsync(github, Status with { State = state });

        Assert.That((string?)JsonNode.Parse(github.Server.Requests.Single().Body)!["state"], Is.EqualTo(word));
    }

    [Test]
    public async Task PostAsync_UnfitText_IsMadeToFit()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("{}", 201));

        await PostAsync(github, Status with { Description = new string('x', 139) + "😀\n", TargetUrl = "javascript:alert(1)" });

        var body = JsonNode.Parse(github.Server.Requests.Single().Body)!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)body["description"], Is.EqualTo(new string('x', 139)));
            Assert.That((string?)body["target_url"], Is.Null);
        });
    }

    [TestCase(422, """{"message":"No commit found for SHA: 0123"}""", true, "the commit does not exist")]
    [TestCase(422, """{"message":"Validation Failed","errors":[{"message":"This SHA and context has reached the maximum number of statuses."}]}""", true, "1000 statuses")]
    [TestCase(422, """{"message":"Validation Failed","errors":[{"message":"a body that nobody may see"}]}""", true, "rejected the commit status (422)")]
    [TestCase(400, """{"message":"Problems parsing JSON"}""", true, "(400)")]
    [TestCase(401, """{"message":"Bad credentials"}""", false, "expired or revoked")]
    [TestCase(403, """{"message":"Resource not accessible by personal access token"}""", false, "write permission for commit statuses")]
    [TestCase(404, """{"message":"Not Found"}""", false, "write permission for commit statuses")]
    [TestCase(307, """{"message":"Moved"}""", false, "change spec.githubPRRepository")]
    [TestCase(500, "<html>a body that nobody may see", false, "(500)")]
    public async Task PostAsync_Refused_SaysWhyAndWhetherItCanEverSucceed(int status, string body, bool permanent, string message)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(body, status, ("Location", "/elsewhere")));

        var failed = await PostAsync(github) as WriteResult<CommitStatus>.Failed;

        Assert.Multiple(() =>
        {
            Assert.That(failed?.Why.IsPermanent(), Is.EqualTo(permanent));
            Assert.That(failed?.Message, Does.Contain(message).And.Not.Contains("nobody may see"));
            Assert.That(github.Server.Requests, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task PostAsync_AcceptedWithAnOddBody_IsPosted()
    {
        await using var github = await GitHubHarness.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            await Answers.Json("<html>", 201)(context);
        });

        Assert.That(await PostAsync(github), Is.InstanceOf<WriteResult<CommitStatus>.Done>());
    }

    [Test]
    public async Task PostAsync_NoAnswer_SaysThatTheOutcomeIsNotKnown()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Stall);
        var post = PostAsync(github);
        await github.Server.ArrivedAsync();

        github.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That(await post, Is.EqualTo(new WriteResult<CommitStatus>.Failed(
            "GitHub did not answer in time. It is not known whether the commit status was written.", WriteFailure.OutcomeUnknown)));
    }

    [Test]
    public async Task PostAsync_ConnectionBreaks_IsSentOnceAndTheOutcomeIsNotKnown()
    {
        await using var github = await GitHubHarness.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var failed = await PostAsync(github) as WriteResult<CommitStatus>.Failed;

        Assert.Multiple(() =>
        {
            Assert.That(failed?.Message, Does.EndWith("was written."));
            Assert.That(github.Server.Requests, Has.Count.EqualTo(1));
        });
    }

    [TestCase(403)]
    [TestCase(429)]
    public async Task PostAsync_RateLimited_IsDeferredAndThenNeitherSentNorCounted(int status)
    {
        await using var github = await GitHubHarness.StartAsync(
            Answers.Json("{}", status, ("Retry-After", "90")), new GitHubClientOptions { WriteBurst = 1 });
        var until = new WriteResult<CommitStatus>.Deferred(github.Time.GetUtcNow().AddSeconds(90));

        Assert.That(await PostAsync(github), Is.EqualTo(until));
        Assert.That(await PostAsync(github), Is.EqualTo(until));
        Assert.That(github.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task PostAsync_BudgetIsEmpty_IsDeferredUntilThereIsMore()
    {
        await using var github = await GitHubHarness.StartAsync(
            Answers.Json("{}", 201), new GitHubClientOptions { WriteBurst = 2, WritesPerMinute = 30 });
        await PostAsync(github);
        await PostAsync(github);

        Assert.That(await PostAsync(github), Is.EqualTo(new WriteResult<CommitStatus>.Deferred(github.Time.GetUtcNow().AddSeconds(2))));
        Assert.That(github.Server.Requests, Has.Count.EqualTo(2));

        github.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await PostAsync(github), Is.InstanceOf<WriteResult<CommitStatus>.Done>());
    }

    [TestCase("abc")]
    [TestCase("../../../user/repos")]
    public async Task PostAsync_NoSuchCommit_IsPermanentAndNotSent(string sha)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("{}", 201));

        var failed = await PostAsync(github, Status with { Sha = sha }) as WriteResult<CommitStatus>.Failed;

        Assert.Multiple(() =>
        {
            Assert.That(failed?.Why.IsPermanent(), Is.True);
            Assert.That(github.Server.Requests, Is.Empty);
        });
    }

    private static Task<WriteResult<CommitStatus>> PostAsync(GitHubHarness github, CommitStatus? status = null) =>
        github.Statuses.PostAsync(github.Access, status ?? Status, TestContext.CurrentContext.CancellationToken);
}
