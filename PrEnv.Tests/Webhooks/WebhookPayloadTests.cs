using System.Text;
using System.Text.Json.Nodes;
using PrEnv.Controller.Webhooks;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.Webhooks;

internal sealed class WebhookPayloadTests
{
    [TestCase("""{"repository":{"full_name":"o/r"},"pull_request":{"number":22}}""", "o/r", 22)]
    [TestCase("""{"repository":{"full_name":"o/r"},"issue":{"number":22,"pull_request":{"url":"u"}}}""", "o/r", 22)]
    [TestCase("""{"repository":{"full_name":"o/r"},"issue":{"number":22}}""", "o/r", null)]
    [TestCase("""{"repository":{"full_name":"o/r"},"issue":{"number":22,"pull_request":null}}""", "o/r", null)]
    [TestCase("""{"zen":"Design for failure.","repository":null}""", null, null)]
    [TestCase("""{"unknown":[1,{"repository":{"full_name":"x/y"}}]}""", null, null)]
    public void Read_Json_TakesWhatItNeeds(string json, string? repository, int? number) =>
        Assert.That(WebhookPayload.Read(Encoding.UTF8.GetBytes(json)), Is.EqualTo(new WebhookPayload(repository, number)));

    [Test]
    public void Read_PingOfAnOrganisation_NamesTheOrganisation() =>
        Assert.That(
            WebhookPayload.Read("""{"zen":"z","organization":{"login":"octo"}}"""u8), Is.EqualTo(new WebhookPayload(null, null, "octo")));

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("payload=%7B%7D")]
    [TestCase("""{"repository":{"full_name":"o/r"},"pull_req""")]
    [TestCase("""{"repository":"o/r"}""")]
    [TestCase("""{"organization":"octo"}""")]
    [TestCase("""{"pull_request":{"number":"22"}}""")]
    [TestCase("""{"pull_request":{"number":99999999999}}""")]
    public void Read_AnythingElse_IsNothing(string body) =>
        Assert.That(WebhookPayload.Read(Encoding.UTF8.GetBytes(body)), Is.Null);

    [TestCase("""{"number":22,"state":"open","head":{"sha":"0123456789ABCDEF0123456789abcdef01234567"}}""", true)]
    [TestCase("""{"number":22,"state":"closed","merged":true,"head":{"sha":"0123456789abcdef0123456789abcdef01234567"}}""", false)]
    public void Read_PullRequest_SaysWhatGitHubWillShow(string pullRequest, bool isOpen) => Assert.That(
        WebhookPayload.Read(Encoding.UTF8.GetBytes($$"""{"pull_request":{{pullRequest}}}"""))!.Value.Expected,
        Is.EqualTo(new ExpectedPullRequest(isOpen, "0123456789abcdef0123456789abcdef01234567")));

    [Test]
    public void Read_PullRequest_SaysEveryFactThatARuleReads()
    {
        var expected = Expected("""
            {"number":22,"state":"open","title":"Add","draft":true,"labels":[{"name":"a"},{"name":"b"}],"base":{"ref":"main"}}
            """);

        Assert.That(expected, Is.EqualTo(new ExpectedPullRequest(IsOpen: true, HeadSha: null)
        {
            BaseBranch = "main",
            Title = "Add",
            IsDraft = true,
            Labels = new LabelSet(["a", "b"]),
        }));
    }

    [TestCase("""{"number":22,"state":"open","title":null,"draft":null,"labels":null,"base":null,"head":null}""")]
    [TestCase("""{"number":22,"state":"open","labels":[{"name":"a"},null],"base":{"ref":null}}""")]
    [TestCase("""{"number":22,"state":"open","labels":[{"name":null}]}""")]
    public void Read_PullRequestWithNulls_SaysNothingOfThem(string pullRequest) =>
        Assert.That(Expected(pullRequest), Is.EqualTo(new ExpectedPullRequest(IsOpen: true, HeadSha: null)));

    private static ExpectedPullRequest? Expected(string pullRequest) =>
        WebhookPayload.Read(Encoding.UTF8.GetBytes($$"""{"pull_request":{{pullRequest}}}"""))!.Value.Expected;

    [TestCase("""{"number":22,"state":"open","head":{"sha":"../../x"}}""", ExpectedResult = true)]
    [TestCase("""{"number":22,"state":"open"}""", ExpectedResult = true)]
    [TestCase("""{"number":22,"state":"ajar","head":{"sha":"0123456789abcdef0123456789abcdef01234567"}}""", ExpectedResult = null)]
    [TestCase("""{"number":22}""", ExpectedResult = null)]
    public bool? Read_HalfAPullRequest_SaysOnlyWhatIsClear(string pullRequest)
    {
        var expected = WebhookPayload.Read(Encoding.UTF8.GetBytes($$"""{"pull_request":{{pullRequest}}}"""))!.Value.Expected;
        Assert.That(expected?.HeadSha, Is.Null);
        return expected?.IsOpen;
    }

    [Test]
    public void Read_RealDeliveries_SayWhereToLook()
    {
        foreach (var (name, json) in RealPayloads.All("pull_request", "issue_comment", "ping"))
        {
            var body = JsonNode.Parse(json)!;
            var number = body["pull_request"]?["number"] ?? (body["issue"]?["pull_request"] is null ? null : body["issue"]!["number"]);
            Assert.That(
                WebhookPayload.Read(Encoding.UTF8.GetBytes(json))!.Value with { Expected = null },
                Is.EqualTo(
                    new WebhookPayload((string?)body["repository"]?["full_name"], (int?)number, (string?)body["organization"]?["login"])),
                    name);
        }
    }
}
