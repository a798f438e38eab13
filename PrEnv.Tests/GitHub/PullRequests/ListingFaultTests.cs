using Microsoft.AspNetCore.Http;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

/// <summary>A listing is complete or it is not one: nothing here may look like a repository without pull requests.</summary>
[CancelAfter(120_000)]
internal sealed class ListingFaultTests
{
    [TestCase(401, UnavailableReason.Unauthorized, "expired or revoked")]
    [TestCase(403, UnavailableReason.Unauthorized, "needs read access to the repository's pull requests")]
    [TestCase(404, UnavailableReason.NotFound, "Check spec.githubPRRepository")]
    [TestCase(301, UnavailableReason.Moved, "change spec.githubPRRepository")]
    [TestCase(302, UnavailableReason.Moved, "change spec.githubPRRepository")]
    [TestCase(307, UnavailableReason.Moved, "change spec.githubPRRepository")]
    [TestCase(308, UnavailableReason.Moved, "change spec.githubPRRepository")]
    [TestCase(422, UnavailableReason.Malformed, "(422)")]
    [TestCase(418, UnavailableReason.Malformed, "(418)")]
    [TestCase(500, UnavailableReason.ServerError, "(500)")]
    [TestCase(502, UnavailableReason.ServerError, "(502)")]
    [TestCase(503, UnavailableReason.ServerError, "(503)")]
    public async Task ListAsync_StatusCode_SaysWhyAndWhatToDo(int status, UnavailableReason reason, string advice)
    {
        await using var github = await GitHubHarness.StartAsync(
            Answers.Json("""{"message":"a body that nobody may see"}""", status, ("Location", "/elsewhere")));

        var unavailable = await github.ListUnavailableAsync();

        Assert.Multiple(() =>
        {
            Assert.That(unavailable.Reason, Is.EqualTo(reason));
            Assert.That(unavailable.Message, Does.Contain(advice));
            Assert.That(unavailable.Message, Does.Not.Contain("nobody may see"));
            // Large pages may be the cause: smaller ones are tried.
            Assert.That(github.Server.Requests, Has.Count.EqualTo(status is 404 or 422 or 502 ? 3 : 1));
        });
    }

    [TestCase(500)]
    [TestCase(404)]
    public async Task ListAsync_SecondPageFails_IsUnavailable(int status)
    {
        await using var github = await GitHubHarness.StartAsync(context => Answers.PageOf(context) == 1
            ? Answers.Json(PullRequestBody.Page(1), 200, ("Link", Answers.NextLink(context, 2)))(context)
            : Answers.Json("{}", status)(context));

        await github.ListUnavailableAsync();
    }

    [Test]
    public async Task ListAsync_RedirectToAnotherHost_TheTokenStays()
    {
        await using var thief = await ScriptedGitHub.StartAsync(Answers.Json("[]"));
        await using var github = await GitHubHarness.StartAsync(
            Answers.Json("{}", 307, ("Location", new Uri(thief.Url, "repos/a/b").AbsoluteUri)));

        await github.ListUnavailableAsync();

        Assert.That(thief.Requests, Is.Empty);
    }

    [Test]
    public async Task ListAsync_LinkToAnotherHost_IsFollowedOnTheOwnOneAndTheOtherIsNotAsked()
    {
        await using var other = await ScriptedGitHub.StartAsync(Answers.Json("[]"));
        await using var github = await GitHubHarness.StartAsync(context => Answers.PageOf(context) == 1
            ? Answers.Json(PullRequestBody.Page(1), 200, ("Link", $"<{other.Url}repositories/1/pulls?page=2>; rel=\"next\""))(context)
            : Answers.Json(PullRequestBody.Page(2))(context));

        Assert.That(await github.ListNumbersAsync(), Is.EqualTo((int[])[1, 2]));
        Assert.That(github.Server.Requests[1].PathAndQuery, Is.EqualTo("/repositories/1/pulls?page=2"));
        Assert.That(other.Requests, Is.Empty);
    }

    [Test]
    public async Task ListAsync_LinkToAnotherHostAndOutOfTheApi_IsMalformedAndNobodyIsAsked()
    {
        await using var other = await ScriptedGitHub.StartAsync(Answers.Json("[]"));
        await using var github = await GitHubHarness.StartAsync(
            Answers.Json(PullRequestBody.Page(1), 200, ("Link", $"<{other.Url}repositories/1/pulls?page=2>; rel=\"next\"")));

        var unavailable = await github.ListUnavailableAsync(github.Access with { ApiUrl = new Uri(github.Server.Url, "api/v3/") });

        Assert.That(unavailable.Reason, Is.EqualTo(UnavailableReason.Malformed));
        Assert.That(unavailable.Message, Does.Contain("another host"));
        Assert.That((other.Requests.Count, github.Server.Requests.Count), Is.EqualTo((0, 1)));
    }

    [TestCase(301)]
    [TestCase(307)]
    public async Task ListAsync_RenamedBehindAProxy_FollowsTheRedirectOnTheOwnHost(int status)
    {
        await using var other = await ScriptedGitHub.StartAsync(Answers.Json("[]"));
        await using var github = await GitHubHarness.StartAsync(
            context => context.Request.Path.StartsWithSegments("/repos", StringComparison.Ordinal)
            ? Answers.Json("{}", status, ("Location", $"{other.Url}repositories/7/pulls?state=open"))(context)
            : Answers.Json(PullRequestBody.Page(1))(context));

        Assert.That(await github.ListNumbersAsync(), Is.EqualTo((int[])[1]));
        Assert.That(other.Requests, Is.Empty);
    }

    [Test]
    public async Task ListAsync_RedirectToTheSamePathOfAnotherHost_IsMovedAfterOneRequest()
    {
        await using var other = await ScriptedGitHub.StartAsync(Answers.Json("[]"));
        await using var github = await GitHubHarness.StartAsync(context => Answers.Json(
            "{}", 302, ("Location", new Uri(other.Url, context.Request.Path + context.Request.QueryString).AbsoluteUri))(context));

        Assert.That((await github.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.Moved));
        Assert.That((other.Requests.Count, github.Server.Requests.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task ListAsync_LinkPointsBack_IsMalformed()
    {
        await using var github = await GitHubHarness.StartAsync(context =>
            Answers.Json(PullRequestBody.Page(1), 200, ("Link", Answers.NextLink(context, 2)))(context));

        var unavailable = await github.ListUnavailableAsync();

        Assert.Multiple(() =>
        {
            Assert.That(unavailable.Reason, Is.EqualTo(UnavailableReason.Malformed));
            Assert.That(github.Server.Requests, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task ListAsync_PagesWithoutEnd_StopsAtTheBound()
    {
        await using var github = await GitHubHarness.StartAsync(
            context => Answers.Json(
                PullRequestBody.Page(1), 200, ("Link", Answers.NextLink(context, Answers.PageOf(context) + 1)))(context),
            new GitHubClientOptions { MaxPages = 5 });

        var unavailable = await github.ListUnavailableAsync();

        Assert.Multiple(() =>
        {
            Assert.That(unavailable.Reason, Is.EqualTo(UnavailableReason.Malformed));
            Assert.That(github.Server.Requests, Has.Count.EqualTo(5));
        });
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[null]")]
    [TestCase("[{]")]
    [TestCase("[]]")]
    [TestCase("\"text\"")]
    [TestCase("<html>")]
    [TestCase("""{"message":"Server Error"}""")]
    public async Task ListAsync_NotAList_IsMalformed(string body)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(body));

        Assert.That((await github.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.Malformed));
    }

    [TestCase("text/html")]
    [TestCase("application/octet-stream")]
    public async Task ListAsync_OtherContentType_IsMalformed(string contentType)
    {
        await using var github = await GitHubHarness.StartAsync(context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync("[]");
        });

        Assert.That((await github.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.Malformed));
    }

    [Test]
    public async Task ListAsync_MalformedOnce_IsAskedForAgainInFull()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Sequence(
            Answers.Json("[{", 200, ("ETag", "\"broken\"")), Answers.Pages(PullRequestBody.Page(1))));
        await github.ListUnavailableAsync();

        Assert.That(await github.ListNumbersAsync(), Is.EqualTo((int[])[1]));
        Assert.That(github.Server.Requests[1].Header("If-None-Match"), Is.Null);
    }

    [Test]
    public async Task ListAsync_Truncated_IsServerError()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Truncated(PullRequestBody.Page(1)));

        Assert.That((await github.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.ServerError));
    }

    [Test]
    public async Task ListAsync_LargerThanTheBound_IsMalformed()
    {
        await using var github = await GitHubHarness.StartAsync(
            Answers.Json(PullRequestBody.Page(Enumerable.Range(1, 100))), new GitHubClientOptions { MaxResponseBytes = 10_000 });

        var unavailable = await github.ListUnavailableAsync();

        Assert.That(unavailable.Message, Does.Contain("too large"));
    }

    [Test]
    public async Task ListAsync_NobodyListens_IsServerError()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        var dead = await ScriptedGitHub.StartAsync(Answers.Json("[]"));
        await dead.DisposeAsync();

        var unavailable = await github.ListUnavailableAsync(github.Access with { ApiUrl = dead.Url });

        Assert.That(unavailable, Is.EqualTo(new PullRequestListing.Unavailable(
            UnavailableReason.ServerError, "GitHub could not be reached: the connection to its host failed.")));
    }

    [TestCase("..", "shop")]
    [TestCase("acme", "shop/../../user")]
    [TestCase("acme", "shop?x")]
    [TestCase("", "shop")]
    [TestCase("acme", "%2e%2e")]
    public async Task ListAsync_NameThatLeadsElsewhere_IsNotFoundAndNothingIsSent(string owner, string name)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));

        var unavailable = await github.ListUnavailableAsync(github.Access with { Owner = owner, Name = name });

        Assert.Multiple(() =>
        {
            Assert.That(unavailable.Reason, Is.EqualTo(UnavailableReason.NotFound));
            Assert.That(github.Server.Requests, Is.Empty);
        });
    }

    [TestCase("")]
    [TestCase("two\nlines")]
    [TestCase("naïve")]
    public async Task ListAsync_TokenThatCannotBeSent_IsUnauthorizedAndNothingIsSent(string token)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));

        var unavailable = await github.ListUnavailableAsync(github.Access with { Credential = GitHubCredential.FromToken(token) });

        Assert.Multiple(() =>
        {
            Assert.That(unavailable.Reason, Is.EqualTo(UnavailableReason.Unauthorized));
            Assert.That(github.Server.Requests, Is.Empty);
        });
    }
}
