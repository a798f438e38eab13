using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.PullRequests;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

internal sealed class PullRequestParserTests
{
    [Test]
    public void ReadPage_FullItem_ReadsEveryField() =>
        Assert.That(Read(PullRequestBody.Of(22)), Is.EqualTo(new PullRequest
        {
            Number = 22,
            HeadSha = PullRequestBody.Sha,
            IsFork = false,
            HeadBranch = "feature-22",
            BaseBranch = "main",
            Title = "Change 22",
            Author = "octocat",
            HtmlUrl = "https://github.example/acme/shop/pull/22",
            Labels = new LabelSet(["preview"]),
            IsDraft = false,
            OpenedAt = new DateTimeOffset(2025, 12, 31, 23, 59, 58, TimeSpan.Zero),
        }));

    // So a listing is compared with the one before it: a fact that is compared by reference would be a change at every look.
    [Test]
    public void ReadPage_SameItemTwice_GivesEqualPullRequests()
    {
        var item = PullRequestBody.Of(22);

        Assert.That(Read(item.DeepClone().AsObject()), Is.EqualTo(Read(item)));
    }

    [Test]
    public void ReadPage_NullsWhereGitHubMayHaveThem_ReadsTheRest()
    {
        var pullRequest = Read(PullRequestBody.Of(1, pr =>
        {
            pr["draft"] = null;
            pr["user"] = null;
            pr["title"] = null;
            pr["html_url"] = null;
            pr["updated_at"] = null;
            pr["created_at"] = null;
            pr["labels"] = null;
            pr["head"]!["ref"] = null;
        }));

        Assert.That(pullRequest, Is.EqualTo(new PullRequest { Number = 1, HeadSha = PullRequestBody.Sha, BaseBranch = "main" }));
    }

    [TestCase("yesterday")]
    [TestCase("")]
    [TestCase("23:59:58Z")]
    public void ReadPage_OpenedAtAnOddTime_IsNotKnown(string time) =>
        Assert.That(Read(PullRequestBody.Of(1, pr => pr["created_at"] = time)).OpenedAt, Is.Null);

    [TestCase("null")]
    [TestCase("""[{"name":"preview"},null]""")]
    [TestCase("""[{"name":"preview"},{"name":null}]""")]
    public void ReadPage_LabelsWithNulls_AreNotKnown(string labels) =>
        Assert.That(Read(PullRequestBody.Of(1, pr => pr["labels"] = JsonNode.Parse(labels))).Labels, Is.Null);

    [Test]
    public void ReadPage_LabelsOfAnyText_AreKept()
    {
        string[] names = ["🚀 preview", "a, b", new string('x', 50), "größe:日本"];
        var labels = new JsonArray([.. names.Select(name => new JsonObject { ["name"] = name })]);

        Assert.That(Read(PullRequestBody.Of(1, pr => pr["labels"] = labels)).Labels, Is.EqualTo(new LabelSet(names)));
    }

    [Test]
    public void ReadPage_NoLabels_AreNone() =>
        Assert.That(Read(PullRequestBody.Of(1, pr => pr["labels"] = new JsonArray())).Labels, Is.EqualTo(LabelSet.None));

    [Test]
    public void ReadPage_HeadRepositoryIsGone_IsFork() =>
        Assert.That(Read(PullRequestBody.Of(1, pr => pr["head"]!["repo"] = null)).IsFork, Is.True);

    [Test]
    public void ReadPage_HeadInAnotherRepository_IsFork() =>
        Assert.That(Read(PullRequestBody.Of(1, pr => pr["head"]!["repo"]!["id"] = 2)).IsFork, Is.True);

    [Test]
    public void ReadPage_RepositoryIdsWiderThan32Bits_AreCompared() =>
        Assert.That(
            Read(PullRequestBody.Of(1, pr => (pr["head"]!["repo"]!["id"], pr["base"]!["repo"]!["id"]) = (1L << 40, 1L << 40))).IsFork,
            Is.False);

    [Test]
    public void ReadPage_LargestNumber_IsRead() =>
        Assert.That(Read(PullRequestBody.Of(int.MaxValue)).Number, Is.EqualTo(int.MaxValue));

    [Test]
    public void ReadPage_UpperCaseSha_IsLowered() =>
        Assert.That(
            Read(PullRequestBody.Of(1, pr => pr["head"]!["sha"] = PullRequestBody.Sha.ToUpperInvariant())).HeadSha,
            Is.EqualTo(PullRequestBody.Sha));

    [Test]
    public void ReadPage_Sha256_IsRead()
    {
        var sha = new string('a', 64);

        Assert.That(Read(PullRequestBody.Of(1, pr => pr["head"]!["sha"] = sha)).HeadSha, Is.EqualTo(sha));
    }

    [Test]
    public void ReadPage_HostileTitle_IsKeptAsItIs()
    {
        var title = string.Concat(Enumerable.Repeat("\0\u0007\u001b[31m\u202e<script>{{ .Values }}$(rm -rf /)\"\\😀\r\n", 250));

        Assert.That(Read(PullRequestBody.Of(1, pr => pr["title"] = title)).Title, Has.Length.GreaterThan(10_000).And.EqualTo(title));
    }

    [TestCase("number", "0")]
    [TestCase("number", "-1")]
    [TestCase("number", "null")]
    [TestCase("number", "\"1\"")]
    [TestCase("number", "2147483648")]
    [TestCase("number", "1.5")]
    [TestCase("state", "\"closed\"")]
    [TestCase("state", "null")]
    [TestCase("title", "5")]
    [TestCase("user", "[]")]
    [TestCase("head", "null")]
    [TestCase("head", """{"ref":"x","sha":null}""")]
    [TestCase("head", """{"ref":"x","sha":"abc"}""")]
    [TestCase("head", """{"ref":"x","sha":"0123456789abcdef0123456789abcdef0123456g"}""")]
    [TestCase("base", "null")]
    [TestCase("base", """{"ref":"main","repo":null}""")]
    public void ReadPage_OneItemIsNotWhatWasAskedFor_RefusesThePage(string field, string value)
    {
        var page = PullRequestBody.Array(PullRequestBody.Of(1), PullRequestBody.Of(2, pr => pr[field] = JsonNode.Parse(value)));

        Assert.That(
            () => PullRequestParser.ReadPage(Bytes(page)), Throws.InstanceOf<GitHubFaultException>().Or.InstanceOf<JsonException>());
    }

    [Test]
    public void ReadPage_SameNumberTwice_RefusesThePage() =>
        Assert.That(() => PullRequestParser.ReadPage(Bytes(PullRequestBody.Page(1, 1))), Throws.InstanceOf<GitHubFaultException>());

    private static PullRequest Read(JsonObject item) =>
        PullRequestParser.ReadPage(Bytes(PullRequestBody.Array(item))).Single().PullRequest;

    private static MemoryStream Bytes(string body) => new(Encoding.UTF8.GetBytes(body));
}
