using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.ControlPlane;

[TestFixture]
internal sealed class YamlDocumentsTests
{
    [TestCase("a: 22", """{"a":22}""")]
    [TestCase("a: -1", """{"a":-1}""")]
    [TestCase("a: 0.5", """{"a":0.5}""")]
    [TestCase("a: 1e3", """{"a":1000}""")]
    [TestCase("a: true", """{"a":true}""")]
    [TestCase("a: ~", """{"a":null}""")]
    [TestCase("a:", """{"a":null}""")]
    [TestCase("a: '22'", """{"a":"22"}""")]
    [TestCase("a: \"true\"", """{"a":"true"}""")]
    [TestCase("a: Infinity", """{"a":"Infinity"}""")]
    [TestCase("a: 1.2.3", """{"a":"1.2.3"}""")]
    [TestCase("a: 0.1.0-x", """{"a":"0.1.0-x"}""")]
    [TestCase("a: |\n  22\n", """{"a":"22\n"}""")]
    [TestCase("a: [1, {b: c}]", """{"a":[1,{"b":"c"}]}""")]
    public void Parse_Value_HasTheTypeThatAnApiServerGivesIt(string yaml, string expected)
    {
        var document = YamlDocuments.Parse(yaml).Single();

        Assert.That(document.ToJsonString(), Is.EqualTo(expected));
    }

    [Test]
    public void Parse_SeveralDocuments_KeepsTheOrderAndDropsEmptyOnes()
    {
        var documents = YamlDocuments.Parse("# only a comment\n---\na: 1\n---\n---\nb: 2\n");

        Assert.That(string.Concat(documents.Select(d => d.ToJsonString())), Is.EqualTo("""{"a":1}{"b":2}"""));
    }
}
