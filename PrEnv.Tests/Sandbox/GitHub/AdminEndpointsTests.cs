using System.Net.Http.Json;
using System.Text.Json;

namespace PrEnv.Tests.Sandbox.GitHub;

internal sealed class AdminEndpointsTests : GitHubServerTestBase
{
    [Test]
    public async Task Admin_StoryOverHttp_IsWhatGitHubShows()
    {
        await AdminAsync("POST", "repositories", """{"owner":"o","name":"r","private":true,"id":5}""");
        await AdminAsync("POST", "tokens", """{"token":"t","grants":[{"owner":"o","name":"r","level":"Push"}]}""");
        await AdminAsync(
            "POST", "repositories/o/r/pulls",
            """{"number":22,"title":"T","branch":"b","sha":"0123456789012345678901234567890123456789","labels":["l"]}""");
        var pushed = await AdminAsync("POST", "repositories/o/r/pulls/22/push");
        await AdminAsync("PATCH", "repositories/o/r/pulls/22", """{"draft":true}""");
        await AdminAsync("POST", "repositories/o/r/rename", """{"name":"r2"}""");

        var pr = (await GitHub.GetAsync("repos/o/r2/pulls", "t")).Json[0];
        var sha = pr.GetProperty("head").GetProperty("sha").GetString();
        await GitHub.PostAsync($"repos/o/r2/statuses/{sha}", """{"state":"success"}""", "t");

        Assert.That(pr.GetProperty("draft").GetBoolean(), Is.True);
        Assert.That(sha, Is.EqualTo(pushed.GetProperty("headSha").GetString()).And.Not.StartsWith("0123"));
        Assert.That(
            (await AdminAsync("GET", $"repositories/o/r2/statuses?sha={sha}"))[0].GetProperty("state").GetString(), Is.EqualTo("success"));
        Assert.That((await AdminAsync("POST", "repositories/o/r2/pulls/22/close")).GetProperty("isOpen").GetBoolean(), Is.False);
        Assert.That((await AdminAsync("POST", "repositories/o/r2/pulls/22/reopen")).GetProperty("isOpen").GetBoolean(), Is.True);
        Assert.That(
            (await AdminAsync("POST", "repositories/o/r2/pulls/22/merge")).GetProperty("mergedAt").ValueKind,
            Is.EqualTo(JsonValueKind.String));
    }

    [Test]
    public async Task Admin_Counters_AreByRouteAndCanBeReset()
    {
        var first = await GitHub.GetAsync(Pulls, Token);
        await GitHub.GetAsync(Pulls, Token, first.Header("etag"));
        await GitHub.GetAsync("repositories/77/pulls", Token);

        var counters = await AdminAsync("GET", "requests");

        Assert.That(counters.GetProperty("charged").GetInt32(), Is.EqualTo(2));
        Assert.That(counters.GetProperty("uncharged").GetInt32(), Is.EqualTo(1));
        Assert.That(counters.GetProperty("byRoute").GetProperty("GET /repos/{owner}/{repo}/pulls").GetInt32(), Is.EqualTo(2));
        await AdminAsync("DELETE", "requests");
        Assert.That(Server.Requests.Counters.Total, Is.Zero);
    }

    [Test]
    public async Task Admin_FaultsAndRateLimit_AreArmedOverHttp()
    {
        await AdminAsync("POST", "faults", """{"path":"/pulls$","delay":"00:00:00","effect":{"status":502,"kind":"answer"}}""");
        await AdminAsync("PUT", "rate-limit", $$"""{"token":"{{Token}}","remaining":1,"resetSeconds":5}""");

        Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(502));
        Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(403));
        await AdminAsync("DELETE", $"tokens/{Token}");
        Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(401));
    }

    [TestCase("POST", "repositories/o/none/pulls", "{}")]
    [TestCase("POST", "repositories", """{"owner":"acme","name":"shop"}""")]
    [TestCase("POST", "faults", """{"pth":"x"}""")]
    public async Task Admin_WhatCannotBeDone_Is400WithASentence(string method, string path, string body)
    {
        using var content = JsonContent.Create(JsonSerializer.Deserialize<JsonElement>(body));
        var answer = await GitHub.SendAsync(new HttpMethod(method), "_sandbox/" + path, token: null, request => request.Content = content);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json.GetProperty("message").GetString(), Is.Not.Empty);
    }

    private async Task<JsonElement> AdminAsync(string method, string path, string? body = null)
    {
        var answer = await GitHub.SendAsync(new HttpMethod(method), "_sandbox/" + path, token: null, request =>
            request.Content = body is null ? null : new StringContent(body));
        Assert.That(answer.Status, Is.AnyOf(200, 204), $"{path}: {answer.Text}");
        return answer.Status == 204 ? default : answer.Json;
    }
}
