using CsCheck;
using PrEnv.Core.Model;
using PrEnv.Core.Templates;
using PrEnv.Tests.Planning.Laws;

namespace PrEnv.Tests.Templates;

[TestFixture]
public sealed class UrlTemplateTests
{
    private static readonly PullRequest PullRequest = new()
    {
        Number = 22,
        HeadSha = "0123456789abcdef0123456789abcdef01234567",
        HeadBranch = "feature/log in",
        BaseBranch = "main",
        Title = "50% & more? #1 \"quoted\"",
        Author = "mona[bot]",
    };

    [TestCase("PR_NUMBER", "22")]
    [TestCase("PR_HEAD_SHA", "0123456789abcdef0123456789abcdef01234567")]
    [TestCase("PR_HEAD_SHORT_SHA", "0123456")]
    [TestCase("PR_BRANCH", "feature%2Flog%20in")]
    [TestCase("PR_TARGET_BRANCH", "main")]
    [TestCase("PR_TARGET_BRANCH_SLUG", "main")]
    [TestCase("PR_TITLE", "50%25%20%26%20more%3F%20%231%20%22quoted%22")]
    [TestCase("PR_AUTHOR", "mona%5Bbot%5D")]
    [TestCase("REPO_OWNER", "octo")]
    [TestCase("REPO_NAME", "app")]
    public void Render_OfAPlaceholderInThePath_IsPercentEncoded(string name, string expected) =>
        Assert.That(Render($"https://env.test/<<{name}>>/x", PullRequest), Is.EqualTo($"https://env.test/{expected}/x"));

    [Test]
    public void Render_OfASlugInTheHost_IsALabel() =>
        Assert.That(
            Render("https://<<PR_BRANCH_SLUG>>-<<PR_NUMBER>>.test", PullRequest),
            Does.Match(@"^https://feature-log-in-[0-9a-f]{8}-22\.test$"));

    [TestCase("https://env.test/?q=<<PR_TITLE>>&x=1")]
    [TestCase("https://env.test/#<<PR_TITLE>>")]
    [TestCase("https://env.test/a/<<PR_TITLE>>/b")]
    [TestCase("https://env.test/a/<<PR_TITLE>>")]
    [TestCase("https://env.test/a<<PR_TITLE>>b/c")]
    public void Render_OfAnyTitle_StaysWhereItStands(string template) =>
        Hostile.Text.Sample(title =>
        {
            var url = new Uri(Render(template, PullRequest with { Title = title }));
            var plain = new Uri(Render(template, PullRequest with { Title = "plain" }));
            Assert.That(url.Host, Is.EqualTo(plain.Host));
            Assert.That(url.UserInfo, Is.Empty);
            Assert.That(url.OriginalString, Does.Match("^[!-~]*$"));
            Assert.That(url.AbsolutePath, Does.StartWith("/a").Or.EqualTo("/"));
            Assert.That(url.Query.Split('&'), Has.Length.EqualTo(plain.Query.Split('&').Length));
            Assert.That(url.Segments, Has.Length.InRange(plain.Segments.Length - 1, plain.Segments.Length + 1));
        });

    [TestCase(".")]
    [TestCase("..")]
    [TestCase("\u0001..")]
    public void Render_OfATitleOfDots_IsNoStepUp(string title) =>
        Assert.That(
            new Uri(Render("https://env.test/a/<<PR_TITLE>>/b", PullRequest with { Title = title })).AbsolutePath, Is.EqualTo("/a//b"));

    [TestCase("https://env.test/<<PR_NO>>", "<<PR_NO>>")]
    [TestCase("https://env.test/<<pr_number>>", "<<pr_number>>")]
    [TestCase("https://env.test/<<>>", "<<>>")]
    [TestCase("https://env.test/<< PR_NUMBER >>", "<<PR_NUMBER>>; the known placeholders are PR_AUTHOR, PR_BRANCH,", "<< PR_NUMBER >>")]
    [TestCase("https://env.test/<<<PR_NUMBER>>", "<<<PR_NUMBER>>")]
    [TestCase("https://<<PR_NO>>.test/", "<<PR_NO>>")]
    public void Parse_OfAnUnknownPlaceholder_NamesItAndTheKnown(string template, string named, string? orNamed = null)
    {
        var problem = UrlTemplate.Parse(template).Problem;

        Assert.That(problem, Does.Contain(named).Or.Contain(orNamed ?? named));
        Assert.That(problem, Does.Contain("PR_TARGET_BRANCH_SLUG"));
    }

    [TestCase("ftp://env.test", "http:// or https://")]
    [TestCase("env.test", "http:// or https://")]
    [TestCase("", "http:// or https://")]
    [TestCase("javascript:alert(1)", "http:// or https://")]
    [TestCase("https://", "not a URL")]
    [TestCase("https:///path", "not a URL")]
    [TestCase("https://env.test/<<PR_NUMBER", "without a matching >>")]
    [TestCase("https://env.test/a<b", "outside a placeholder")]
    [TestCase("https://env.test/a>>b", "outside a placeholder")]
    [TestCase("https://env.test/a b", "spaces")]
    [TestCase("https://env.test/a\nb", "spaces")]
    [TestCase("https://env.test/\u0001", "control")]
    [TestCase("https://<<PR_TITLE>>.test", "<<PR_TITLE>> in the host")]
    [TestCase("https://<<PR_BRANCH>>.test", "<<PR_BRANCH>> in the host")]
    [TestCase("https://<<PR_TARGET_BRANCH>>.test", "in the host")]
    [TestCase("https://<<PR_AUTHOR>>.test", "<<PR_AUTHOR>> in the host")]
    [TestCase("https://<<REPO_OWNER>>.test", "in the host")]
    [TestCase("https://<<REPO_NAME>>.test/", "in the host")]
    [TestCase("https://x\\<<PR_TITLE>>", "in the host")]
    [TestCase("https://user:secret@env.test", "user name or password")]
    [TestCase("https://<<PR_NUMBER>>@env.test", "user name or password")]
    public void Parse_OfAnInvalidTemplate_SaysWhatIsWrong(string template, string problem)
    {
        var (parsed, found) = UrlTemplate.Parse(template);

        Assert.That(parsed, Is.Null);
        Assert.That(found, Does.Contain(problem));
    }

    [Test]
    public void Parse_OfTooLongAText_SaysSo() =>
        Assert.That(UrlTemplate.Parse("https://env.test/" + new string('a', 1024)).Problem, Does.Contain("1024"));

    [TestCase("https://<<PR_NUMBER>>.test")]
    [TestCase("https://<<PR_HEAD_SHA>>.test")]
    [TestCase("https://<<PR_HEAD_SHORT_SHA>>.test/?x=<<PR_TITLE>>")]
    [TestCase("HTTPS://<<PR_BRANCH_SLUG>>.test#<<PR_TITLE>>")]
    [TestCase("http://<<PR_TARGET_BRANCH_SLUG>>.test:8080/<<PR_TITLE>>")]
    [TestCase("https://env.test?<<PR_TITLE>>")]
    public void Parse_OfAValidTemplate_GivesIt(string template)
    {
        var (parsed, problem) = UrlTemplate.Parse(template);

        Assert.That(problem, Is.Null);
        Assert.That(parsed!.Text, Is.EqualTo(template));
        Assert.That(parsed.ToString(), Is.EqualTo(template));
    }

    [TestCase("https://<<PR_NUMBER>>.test/<<PR_HEAD_SHA>>/<<PR_HEAD_SHORT_SHA>>/<<REPO_OWNER>>/<<REPO_NAME>>", false)]
    [TestCase("https://env.test", false)]
    [TestCase("https://<<PR_BRANCH_SLUG>>.test", true)]
    [TestCase("https://env.test/<<PR_TITLE>>", true)]
    [TestCase("https://env.test/<<PR_AUTHOR>>", true)]
    public void UsesText_OfATemplate_IsWhetherOnlyGitHubKnowsTheRest(string template, bool expected) =>
        Assert.That(UrlTemplate.Parse(template).Template!.UsesText, Is.EqualTo(expected));

    [Test]
    public void Equals_OfTheSameText_IsTrue()
    {
        var (one, same, other) = (
            UrlTemplate.Parse("https://a.test").Template!, UrlTemplate.Parse("https://a.test").Template!,
            UrlTemplate.Parse("https://b.test").Template!);

        Assert.That(one, Is.EqualTo(same).And.Not.EqualTo(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(one.Equals((object?)null), Is.False);
    }

    [Test]
    public void Parse_OfAnyText_DoesNotThrowAndRenderOfItNeither() =>
        Gen.Select(Hostile.Text, Hostile.Text).Sample((text, title) =>
        {
            foreach (var candidate in new[] { text, "https://env.test/" + text, "https://" + text, "https://x.test/<<" + text + ">>" })
            {
                var (template, problem) = UrlTemplate.Parse(candidate);
                Assert.That(template is null, Is.EqualTo(problem is not null));
                Assert.That(problem ?? "", Has.Length.LessThan(400));
                template?.Render(new TemplateContext(PullRequest with { Title = title, HeadBranch = title }, "octo", "app"));
            }
        });

    private static string Render(string template, PullRequest pullRequest) =>
        UrlTemplate.Parse(template).Template!.Render(new TemplateContext(pullRequest, "octo", "app"));
}
