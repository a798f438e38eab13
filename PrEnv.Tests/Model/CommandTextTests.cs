using PrEnv.Core.Model;

namespace PrEnv.Tests.Model;

[TestFixture]
public sealed class CommandTextTests
{
    [TestCase("/prenv rebuild", CommandVerb.Rebuild)]
    [TestCase("/prenv delete ", CommandVerb.Delete)]
    [TestCase("   /prenv approve", CommandVerb.Approve)]
    [TestCase("Thanks!\r\n\r\n/prenv   delete\r\nBye", CommandVerb.Delete)]
    [TestCase("> is it?\n\n/prenv delete", CommandVerb.Delete)]
    [TestCase("```\ncode\n```\n/prenv delete", CommandVerb.Delete)]
    [TestCase("<!-- hidden -->\n/prenv delete", CommandVerb.Delete)]
    [TestCase("/prenv rebuild\n/prenv delete", CommandVerb.Rebuild)]
    [TestCase("/prenv sleep", CommandVerb.Sleep)]
    [TestCase("/prenv wake\n/prenv keep 1h", CommandVerb.Wake)]
    public void Find_ALineOfItsOwn_IsTheCommand(string body, CommandVerb verb) =>
        Assert.That(CommandText.Find(body), Is.EqualTo((verb, (string?)null, (TimeSpan?)null)));

    [Test]
    public void Find_ApproveWithACommit_NamesIt() =>
        Assert.That(CommandText.Find("/prenv approve ABCDEF1"), Is.EqualTo((CommandVerb.Approve, (string?)"abcdef1", (TimeSpan?)null)));

    [TestCase("90m", 1.5)]
    [TestCase("36h", 36)]
    [TestCase("1h30m", 1.5)]
    [TestCase("7d", 168)]
    [TestCase("400d", 9600, Description = "That is too long, and answered as such.")]
    [TestCase("0s", 0)]
    public void Find_KeepWithADuration_NamesIt(string text, double hours) => Assert.That(
        CommandText.Find($"/prenv keep  {text} "), Is.EqualTo((CommandVerb.Keep, (string?)null, (TimeSpan?)TimeSpan.FromHours(hours))));

    [TestCase("/prenv keep")]
    [TestCase("/prenv keep 7")]
    [TestCase("/prenv keep 1d12h")]
    [TestCase("/prenv keep -1h")]
    [TestCase("/prenv keep 9999999d")]
    [TestCase("/prenv keep 1h 2h")]
    [TestCase("/prenv sleep 1h")]
    [TestCase("/prenv wake abcdef1")]
    [TestCase("/prenv approve 1h")]
    [TestCase(null)]
    [TestCase("")]
    [TestCase("please /prenv delete")]
    [TestCase("/prenv delete now")]
    [TestCase("/prenv destroy")]
    [TestCase("/PRENV delete")]
    [TestCase("/prenv delete abcdef1")]
    [TestCase("/prenv approve abc")]
    [TestCase("/prenv\u200b delete")]
    [TestCase("\u200b/prenv delete")]
    [TestCase("- /prenv delete")]
    [TestCase("`/prenv delete`")]
    [TestCase("> /prenv delete")]
    [TestCase("> quoted\n/prenv delete", Description = "Markdown goes on with the quotation.")]
    [TestCase("    /prenv delete")]
    [TestCase("\t/prenv delete")]
    [TestCase("```\n/prenv delete\n```")]
    [TestCase("````\n```\n/prenv delete\n````")]
    [TestCase("~~~ sh\n/prenv delete\n~~~")]
    [TestCase("```\n/prenv delete", Description = "A fence without an end ends with the text.")]
    [TestCase("<!--\n/prenv delete\n-->")]
    [TestCase("<pre>\n/prenv delete\n</pre>")]
    [TestCase("<details><summary>x</summary>\n\n/prenv delete\n\n</details>")]
    public void Find_AnythingElse_IsNone(string? body) => Assert.That(CommandText.Find(body), Is.Null);

    [Test]
    public void Find_ATextBeyondGitHubsLimit_IsNone() =>
        Assert.That(CommandText.Find("/prenv delete\n" + new string('x', 70_000)), Is.Null);
}
