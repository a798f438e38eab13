using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.Sandbox.GitHub;

internal sealed class AccessTests : GitHubServerTestBase
{
    [Test]
    public async Task Token_Unknown_Is401BadCredentialsEvenForAPublicRepository()
    {
        var answer = await GitHub.GetAsync(Pulls, "wrong");

        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Json.GetProperty("message").GetString(), Is.EqualTo("Bad credentials"));
        Assert.That(answer.Json.GetProperty("documentation_url").GetString(), Is.EqualTo("https://docs.github.com/rest"));
    }

    [Test]
    public async Task Token_Revoked_Is401()
    {
        Server.RevokeToken(Token);

        Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(401));
    }

    [TestCase("Bearer token-of-the-bot", 200)]
    [TestCase("token token-of-the-bot", 200)]
    [TestCase("Basic eDp0b2tlbi1vZi10aGUtYm90", 200, Description = "x:token-of-the-bot")]
    [TestCase("Basic ?", 401)]
    [TestCase("Digest token-of-the-bot", 401)]
    [TestCase("token", 401)]
    public async Task Token_Scheme_IsUnderstoodOrRefused(string header, int expected)
    {
        var answer = await GitHub.SendAsync(HttpMethod.Get, Pulls, token: null, request =>
            request.Headers.TryAddWithoutValidation("Authorization", header));

        Assert.That(answer.Status, Is.EqualTo(expected));
    }

    [Test]
    public async Task PrivateRepository_WithoutAccess_Is404AndWithAccess200()
    {
        Server.CreateRepository(Owner, "secret", isPrivate: true);

        Assert.That((await GitHub.GetAsync("repos/acme/secret/pulls", Token)).Status, Is.EqualTo(404));
        Assert.That((await GitHub.GetAsync("repos/acme/secret")).Status, Is.EqualTo(404));

        Server.Grant(Token, Owner, "secret", AccessLevel.Read);
        Assert.That((await GitHub.GetAsync("repos/acme/secret/pulls", Token)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Rename_OldName_Is301ToTheIdWithTheQuery()
    {
        Open(1);
        Server.RenameRepository(Owner, Repo, "megacorp", "store");

        var list = await GitHub.GetAsync(Pulls + "?state=open&page=1", Token);
        var single = await GitHub.GetAsync(Pulls + "/1", Token);
        var repository = await GitHub.GetAsync("repos/ACME/Shop", Token);
        var post = await GitHub.PostAsync("repos/acme/shop/statuses/abc", "{}", Token);

        Assert.That(list.Status, Is.EqualTo(301));
        Assert.That(list.Header("location"), Is.EqualTo($"{Server.BaseUrl}repositories/77/pulls?state=open&page=1"));
        Assert.That(single.Header("location"), Is.EqualTo($"{Server.BaseUrl}repositories/77/pulls/1"));
        Assert.That(repository.Header("location"), Is.EqualTo($"{Server.BaseUrl}repositories/77"));
        Assert.That(post.Status, Is.EqualTo(307), "a write must stay a write");
        Assert.That((await GitHub.GetAsync(single.Header("location")!, Token)).Status, Is.EqualTo(200));
        Assert.That((await GitHub.GetAsync("repos/megacorp/store/pulls", Token)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Rename_PrivateWithoutAccess_TellsNothing()
    {
        Server.SetPrivate(Owner, Repo, isPrivate: true);
        Server.RenameRepository(Owner, Repo, Owner, "store");

        Assert.That((await GitHub.GetAsync(Pulls)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Rename_NameTakenAgain_EndsTheRedirect()
    {
        Server.RenameRepository(Owner, Repo, Owner, "store");
        var successor = Server.CreateRepository(Owner, Repo);

        var answer = await GitHub.GetAsync("repos/acme/shop", Token);

        Assert.That(answer.Json.GetProperty("id").GetInt64(), Is.EqualTo(successor.Id));
    }

    [Test]
    public async Task Delete_Repository_Is404()
    {
        Server.DeleteRepository(Owner, Repo);

        Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(404));
        Assert.That((await GitHub.GetAsync("repositories/77/pulls", Token)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Request_WithoutUserAgent_IsForbidden()
    {
        var answer = await GitHub.SendAsync(HttpMethod.Get, Pulls, Token, request => request.Headers.Remove("User-Agent"));

        Assert.That(answer.Status, Is.EqualTo(403));
        Assert.That(answer.Text, Does.Contain("User-Agent"));
    }

    [TestCase("2022-11-28", 200)]
    [TestCase("2026-03-10", 200)]
    [TestCase("2021-01-01", 400)]
    public async Task Request_ApiVersion_MustBeKnown(string version, int expected)
    {
        var answer = await GitHub.GetAsync(Pulls, Token, version: version);

        Assert.That(answer.Status, Is.EqualTo(expected));
    }

    [TestCase("repos/acme/shop/pulls/", Description = "a trailing slash")]
    [TestCase("nowhere")]
    public async Task Request_UnknownPath_Is404WithABody(string path)
    {
        var answer = await GitHub.GetAsync(path, Token);

        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Json.GetProperty("message").GetString(), Is.EqualTo("Not Found"));
    }
}
