using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.Sandbox.GitHub;

internal sealed class PullRequestListTests : GitHubServerTestBase
{
    private static readonly string[] Relations = ["prev", "next", "last", "first"];

    [Test]
    public async Task List_MoreThanOnePage_LinksByIdUntilTheLast()
    {
        Open(5);

        var seen = new List<int>();
        var relations = new List<string>();
        for (string? url = Pulls + "?per_page=2&state=open"; url is not null;)
        {
            var answer = await GitHub.GetAsync(url, Token);
            seen.AddRange(Numbers(answer));
            relations.Add(string.Join(',', Relations.Where(relation => answer.Link(relation) is not null)));
            url = answer.Link("next");
            if (url is not null)
            {
                Assert.That(
                    url, Does.StartWith($"{Server.BaseUrl}repositories/77/pulls?").And.Contain("per_page=2").And.Contain("state=open"));
            }
        }

        Assert.That(seen, Is.EqualTo([5, 4, 3, 2, 1]), "newest first");
        Assert.That(relations, Is.EqualTo(["next,last", "prev,next,last,first", "prev,first"]));
    }

    [TestCase("", 30)]
    [TestCase("?per_page=100", 100)]
    [TestCase("?per_page=500", 100, Description = "GitHub's maximum is 100")]
    [TestCase("?per_page=none", 30)]
    public async Task List_PageSize_HasGitHubsDefaultAndMaximum(string query, int expected)
    {
        Open(120);

        Assert.That(Numbers(await GitHub.GetAsync(Pulls + query, Token)).Count(), Is.EqualTo(expected));
    }

    [Test]
    public async Task List_EverythingFitsOnOnePage_HasNoLink()
    {
        Open(30);

        Assert.That((await GitHub.GetAsync(Pulls, Token)).Header("link"), Is.Null);
    }

    [Test]
    public async Task List_PublicBaseUrl_IsWhatLinksStartWith()
    {
        Server.PublicBaseUrl = new Uri("http://127.0.0.1:9/api/");
        Open(31);

        Assert.That((await GitHub.GetAsync(Pulls, Token)).Link("next"), Is.EqualTo("http://127.0.0.1:9/api/repositories/77/pulls?page=2"));
    }

    [Test]
    public async Task List_BelowTheEnterprisePath_KeepsThePathInLinks()
    {
        Open(31);

        var next = (await GitHub.GetAsync("api/v3/" + Pulls, Token)).Link("next");

        Assert.That(next, Is.EqualTo($"{Server.BaseUrl}api/v3/repositories/77/pulls?page=2"));
        Assert.That(Numbers(await GitHub.GetAsync(next!, Token)), Is.EqualTo([1]));
    }

    [TestCase("", new[] { 3, 2 })]
    [TestCase("?state=closed", new[] { 1 })]
    [TestCase("?state=all&direction=asc", new[] { 1, 2, 3 })]
    [TestCase("?sort=updated", new[] { 3, 2 }, Description = "ascending: 2 was pushed last")]
    [TestCase("?sort=updated&direction=desc", new[] { 2, 3 })]
    [TestCase("?head=acme:topic", new[] { 3 })]
    [TestCase("?base=release", new[] { 2 })]
    public async Task List_Query_SelectsAndSorts(string query, int[] expected)
    {
        Server.OpenPullRequest(Owner, Repo);
        Server.OpenPullRequest(Owner, Repo, new NewPullRequest { BaseBranch = "release" });
        Server.OpenPullRequest(Owner, Repo, new NewPullRequest { Branch = "topic" });
        Server.Close(Owner, Repo, 1);
        Time.Advance(TimeSpan.FromSeconds(1));
        Server.Push(Owner, Repo, 2);

        Assert.That(Numbers(await GitHub.GetAsync(Pulls + query, Token)), Is.EqualTo(expected));
    }

    [TestCase("state=merged")]
    [TestCase("sort=age")]
    [TestCase("direction=up")]
    public async Task List_UnknownValue_Is422WithTheField(string query)
    {
        var answer = await GitHub.GetAsync($"{Pulls}?{query}", Token);

        Assert.That(answer.Status, Is.EqualTo(422));
        Assert.That(answer.Json.GetProperty("errors")[0].GetProperty("field").GetString(), Is.EqualTo(query.Split('=')[0]));
    }

    [Test]
    public async Task List_Forks_ShowTheForkOrNull()
    {
        Server.OpenPullRequest(Owner, Repo, new NewPullRequest { ForkOwner = "eve", Draft = true, Labels = ["preview"], Author = "eve" });
        Server.OpenPullRequest(Owner, Repo, new NewPullRequest { ForkOwner = "eve", HeadRepositoryDeleted = true, Author = null });
        Server.OpenPullRequest(Owner, Repo);

        var list = (await GitHub.GetAsync(Pulls + "?direction=asc", Token)).Json;

        Assert.That(list[0].GetProperty("head").GetProperty("repo").GetProperty("full_name").GetString(), Is.EqualTo("eve/shop"));
        Assert.That(list[0].GetProperty("draft").GetBoolean(), Is.True);
        Assert.That(list[0].GetProperty("labels")[0].GetProperty("name").GetString(), Is.EqualTo("preview"));
        Assert.That(list[1].GetProperty("head").GetProperty("repo").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(list[1].GetProperty("user").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(list[2].GetProperty("head").GetProperty("repo").GetProperty("id").GetInt64(), Is.EqualTo(77));
    }

    [Test]
    public async Task Get_LargestNumber_IsKeptAndTheNextNumberStaysSmall()
    {
        var largest = Server.OpenPullRequest(Owner, Repo, new NewPullRequest { Number = int.MaxValue });
        var next = Server.OpenPullRequest(Owner, Repo);

        var answer = await GitHub.GetAsync($"{Pulls}/{largest.Number}", Token);

        Assert.That(answer.Json.GetProperty("number").GetInt32(), Is.EqualTo(2147483647));
        Assert.That(next.Number, Is.EqualTo(1));
    }

    [Test]
    public async Task Get_ClosedMergedReopened_TellsTheState()
    {
        Open(3);
        Server.Merge(Owner, Repo, 2);
        Server.Close(Owner, Repo, 3);
        Server.Reopen(Owner, Repo, 3);

        async Task<string> Read(int number)
        {
            var pr = (await GitHub.GetAsync($"repositories/77/pulls/{number}", Token)).Json;
            return $"{pr.GetProperty("state").GetString()} {pr.GetProperty("merged").GetBoolean()} {pr.GetProperty("closed_at").ValueKind}";
        }

        Assert.That(await Read(1), Is.EqualTo("open False Null"));
        Assert.That(await Read(2), Is.EqualTo("closed True String"));
        Assert.That(await Read(3), Is.EqualTo("open False Null"));
    }

    [TestCase("4")]
    [TestCase("99999999999")]
    [TestCase("x")]
    public async Task Get_UnknownNumber_Is404(string number) =>
        Assert.That((await GitHub.GetAsync($"{Pulls}/{number}", Token)).Status, Is.EqualTo(404));

    [Test]
    public async Task Get_NewerApiVersion_DropsWhatItDropped()
    {
        Open(1);

        var older = (await GitHub.GetAsync(Pulls + "/1", Token)).Json;
        var newer = (await GitHub.GetAsync(Pulls + "/1", Token, version: "2026-03-10")).Json;

        foreach (var field in (string[])["assignee", "merge_commit_sha"])
        {
            Assert.That(older.TryGetProperty(field, out _), Is.True, field);
            Assert.That(newer.TryGetProperty(field, out _), Is.False, field);
        }
    }

    private static IEnumerable<int> Numbers(RawAnswer answer) =>
        answer.Json.EnumerateArray().Select(pr => pr.GetProperty("number").GetInt32());
}
