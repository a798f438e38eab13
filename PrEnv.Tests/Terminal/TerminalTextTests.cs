using PrEnv.Controller.Terminal;

namespace PrEnv.Tests.Terminal;

internal sealed class TerminalTextTests
{
    [TestCase("plain", "plain")]
    [TestCase("\u001b[31mred\u001b[0m", "[31mred[0m")]
    [TestCase("\u001b]0;title\u0007x", "]0;titlex")]
    [TestCase("\u009b31mred", "31mred")]
    [TestCase("a\r\nb\tc", "a  b c")]
    [TestCase("abc\u202edef", "abcdef")]
    [TestCase("a\u200bb\u2028c", "ab c")]
    [TestCase("<b>**x**</b>", "<b>**x**</b>")]
    [TestCase("naïve 日本", "naïve 日本")]
    public void Clean_Text_HasNothingThatATerminalObeys(string text, string expected) =>
        Assert.That(TerminalText.Clean(text), Is.EqualTo(expected));

    [TestCase("abcdef", 6, "abcdef")]
    [TestCase("abcdefg", 6, "abcde…")]
    [TestCase("日本語です", 6, "日本…")]
    [TestCase("", 0, "")]
    public void Clean_ToAWidth_IsCutByColumns(string text, int columns, string expected) =>
        Assert.That(TerminalText.Clean(text, columns), Is.EqualTo(expected));

    [Test]
    public void Clean_OfAVeryLongText_FitsTheWidth() =>
        Assert.That(TerminalText.Width(TerminalText.Clean(new string('x', 10_000), 80)), Is.EqualTo(80));

    [Test]
    public void Lines_OfATable_AreAlignedAndFitTheTerminal()
    {
        var table = new TextTable("A", "B", "MESSAGE");
        table.Add("日本", "1", new string('m', 100));
        table.Add("abc", "12", "\u001b[31mshort");

        string[] lines = [.. table.Lines(40, default)];

        Assert.That(lines, Is.EqualTo(["A      B    MESSAGE", $"日本   1    {new string('m', 27)}…", "abc    12   [31mshort"]));
        Assert.That(lines.Select(TerminalText.Width), Has.All.LessThanOrEqualTo(40));
    }

    [Test]
    public void Lines_WithColours_HaveTheSameText()
    {
        var table = new TextTable("PHASE", "MESSAGE");
        var style = new TerminalStyle(IsOn: true);
        table.Add(new TextCell("Ready", text => style.Phase(text, "Ready")), "well");

        Assert.That(table.Lines(null, style).Last(), Is.EqualTo("\u001b[32mReady\u001b[0m   well"));
    }

    [TestCase(true, null, null, true)]
    [TestCase(true, "1", null, false)]
    [TestCase(true, "", null, true)]
    [TestCase(true, null, "dumb", false)]
    [TestCase(false, null, null, false)]
    public void Of_AScreen_HasColoursOnATerminalOnly(bool isTerminal, string? noColor, string? term, bool expected)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (noColor is not null)
            variables["NO_COLOR"] = noColor;
        if (term is not null)
            variables["TERM"] = term;
        var surroundings = new PrEnv.Controller.Startup.Surroundings
        {
            Variables = variables,
            SettingsFile = "",
            HomeDirectory = "",
            IsInCluster = false,
            LogsToTerminal = false,
            Terminal = () => isTerminal ? new PrEnv.Controller.Startup.TerminalSize(100, 30) : null,
        };

        Assert.That(Screen.Of(TextWriter.Null, TextWriter.Null, surroundings).Style.IsOn, Is.EqualTo(expected));
    }
}
