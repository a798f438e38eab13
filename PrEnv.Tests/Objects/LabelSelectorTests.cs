using PrEnv.Core.Objects;

namespace PrEnv.Tests.Objects;

internal sealed class LabelSelectorTests
{
    [TestCase("shard=a", "shard=a")]
    [TestCase("shard == a", "shard=a")]
    [TestCase("shard in (a)", "shard=a")]
    [TestCase("shard notin ( a )", "shard!=a")]
    [TestCase("b in (y, x,y),a!=1", "a!=1,b in (x,y)")]
    [TestCase("example.com/shard,! legacy", "!legacy,example.com/shard")]
    [TestCase("shard=", "shard=")]
    [TestCase("shard in (a,)", "shard in (,a)")]
    [TestCase("a=1,a=1", "a=1")]
    public void Parse_Selector_HasOneCanonicalText(string text, string canonical)
    {
        var selector = LabelSelector.Parse(text);

        Assert.That(selector.ToString(), Is.EqualTo(canonical));
        Assert.That(LabelSelector.Parse(canonical), Is.EqualTo(selector));
    }

    [TestCase("", 1)]
    [TestCase("a=1,", 2)]
    [TestCase("a=b c", 1)]
    [TestCase("a in b", 1)]
    [TestCase("a in (b", 1)]
    [TestCase("-a=1", 1)]
    [TestCase("a=1,b>2", 2)]
    [TestCase("Example.com/a=1", 1)]
    [TestCase("a=1 ,b in (c),d in (e,f", 3)]
    public void Parse_NoSelector_SaysWhichPart(string text, int part) =>
        Assert.That(
            () => LabelSelector.Parse(text), Throws.TypeOf<FormatException>().With.Message.StartsWith($"part {part} is not one of"));

    [TestCase("a=1", "a=1", true)]
    [TestCase("a=1", "a=2", false)]
    [TestCase("a=1", "", false)]
    [TestCase("a!=1", "a=2", true)]
    [TestCase("a!=1", "", true)]
    [TestCase("a!=1", "a=1", false)]
    [TestCase("a", "a=", true)]
    [TestCase("!a", "a=1", false)]
    [TestCase("!a", "b=1", true)]
    [TestCase("a in (1,2),b notin (3)", "a=2,b=4", true)]
    [TestCase("a in (1,2),b notin (3)", "a=2,b=3", false)]
    [TestCase("a=", "a=", true)]
    [TestCase("a=", "b=1", false)]
    public void Matches_Labels_AsTheApiServerDoes(string selector, string labels, bool expected)
    {
        var pairs = labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('='))
            .ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);

        Assert.That(LabelSelector.Parse(selector).Matches(pairs.Count == 0 ? null : pairs), Is.EqualTo(expected));
    }
}
