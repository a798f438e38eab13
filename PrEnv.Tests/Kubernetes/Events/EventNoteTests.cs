using System.Text;
using PrEnv.Controller.Kubernetes.Events;

namespace PrEnv.Tests.Kubernetes.Events;

[TestFixture]
internal sealed class EventNoteTests
{
    [TestCase("plain text, ümlaut, 日本", "plain text, ümlaut, 日本")]
    [TestCase("two\nlines\tand a\u2028third", "two lines and a third")]
    [TestCase("bell\u0007 and escape\u001b[31m", "bell and escape[31m")]
    [TestCase("turned \u202Eround", "turned round")]
    [TestCase("", "")]
    public void From_Text_IsOneLineWithoutControlCharacters(string text, string expected)
    {
        Assert.That(EventNote.From(text), Is.EqualTo(expected));
    }

    [Test]
    public void From_ExactlyTheLimit_IsKept()
    {
        var text = new string('a', EventNote.MaxBytes);

        Assert.That(EventNote.From(text), Is.EqualTo(text));
    }

    [TestCase("a")]
    [TestCase("ä")]
    [TestCase("日")]
    [TestCase("🚀")]
    public void From_LongText_IsCutToTheLimitBetweenCharacters(string letter)
    {
        var note = EventNote.From(string.Concat(Enumerable.Repeat(letter, EventNote.MaxBytes)) + "end");

        var bytes = Encoding.UTF8.GetByteCount(note);
        Assert.That(bytes, Is.LessThanOrEqualTo(EventNote.MaxBytes).And.GreaterThan(EventNote.MaxBytes - 4));
        Assert.That(note, Does.EndWith(letter + "…"));
    }
}
