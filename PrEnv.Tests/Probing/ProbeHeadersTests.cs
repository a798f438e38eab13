using PrEnv.Controller.Probing;

namespace PrEnv.Tests.Probing;

internal sealed class ProbeHeadersTests
{
    [TestCase("Authorization", "Bearer a.b-c_d==")]
    [TestCase("x-api-key", "\"quoted\", and more; q=1")]
    [TestCase("User-Agent", "x")]
    [TestCase("Cookie", "a=b")]
    public void ProblemOf_WhatARequestMayHave_IsNone(string name, string value) =>
        Assert.That(ProbeHeaders.ProblemOf(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value }), Is.Null);

    [TestCase("Host")]
    [TestCase("connection")]
    [TestCase("TRANSFER-ENCODING")]
    [TestCase("Proxy-Authorization")]
    [TestCase("TE")]
    [TestCase("Upgrade")]
    [TestCase("Expect")]
    [TestCase("keep-alive")]
    public void ProblemOf_HeaderOfTheConnection_NamesIt(string name) => Assert.That(
        ProbeHeaders.ProblemOf(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = "hunter2" }),
        Is.EqualTo($"has the key \"{name}\", a header that health checks set themselves: remove it"));

    [TestCase("Content-Length")]
    [TestCase("Content-Type")]
    [TestCase("a b")]
    [TestCase("a:b")]
    [TestCase("a\r\nHost")]
    [TestCase("")]
    public void ProblemOf_NoRequestHeader_NamesIt(string name) => Assert.That(
        ProbeHeaders.ProblemOf(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = "hunter2" }),
        Does.Contain("is not the name of a request header").And.Not.Contains("hunter2"));

    [TestCase("hunter2\r\nX-Injected: 1")]
    [TestCase("hunter2\nX-Injected: 1")]
    [TestCase("hunter2\r")]
    [TestCase("hunter2\0")]
    [TestCase("hunter2\t")]
    [TestCase("hünter2")]
    [TestCase("hunter2\u2028")]
    public void ProblemOf_ValueThatIsNotOnePrintableLine_NamesTheHeaderOnly(string value) => Assert.That(
        ProbeHeaders.ProblemOf(new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Key"] = value }),
        Is.EqualTo("has a value for \"X-Key\" that is not a header's: only printable ASCII on one line is"));

    [TestCase(0, "has no keys: add one for each header")]
    [TestCase(33, "has 33 keys, more than the 32 headers that a health check sends")]
    [TestCase(1000, "has 1000 keys, more than the 32 headers that a health check sends")]
    public void ProblemOf_TooManyOrNone_SaysHowMany(int count, string expected) => Assert.That(
        ProbeHeaders.ProblemOf(Enumerable.Range(0, count).ToDictionary(n => $"X-{n}", _ => "v", StringComparer.Ordinal)),
        Is.EqualTo(expected));

    [TestCase(8 * 1024, true)]
    [TestCase(8 * 1024 + 1, false)]
    [TestCase(1024 * 1024, false)]
    public void ProblemOf_TooLong_SaysTheBound(int length, bool isFine) => Assert.That(
        ProbeHeaders.ProblemOf(new Dictionary<string, string>(StringComparer.Ordinal) { ["X"] = new string('v', length - 1) }),
        Is.EqualTo(isFine ? null : "has headers of more than 8 KiB"));

    [Test]
    public void ProblemOf_OneHeaderInTwoSpellings_NamesIt() => Assert.That(
        ProbeHeaders.ProblemOf(new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Key"] = "a", ["x-key"] = "b" }),
        Does.Contain("more than once").And.Contains("\"X-Key\"").IgnoreCase);
}
