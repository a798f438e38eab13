using System.Text;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Http;

internal sealed class PageCacheTests
{
    private static readonly PageKey Key = new("https://api.github.example/x", "credential");

    [Test]
    public void Find_Stored_BringsTheBodyBack()
    {
        using var cache = new PageCache(100_000);
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("the same again ", 10_000)));

        cache.Store(Key, "\"x\"", "application/json", "link", body, GitHubClientHost.Start);

        var page = cache.Find(Key);
        Assert.That(page, Has.Property("ETag").EqualTo("\"x\"").And.Property("Link").EqualTo("link"));
        using var unpacked = new MemoryStream();
        PageCache.Unpack(page!).CopyTo(unpacked);
        Assert.That(unpacked.ToArray(), Is.EqualTo(body));
        Assert.That(cache.Size, Is.LessThan(body.Length / 10));
    }

    [Test]
    public void Read_TheSameWayAgain_GivesTheSameValue_AndAnotherWayReadsAnew()
    {
        using var cache = new PageCache(100_000);
        cache.Store(Key, "\"x\"", null, null, "one"u8.ToArray(), GitHubClientHost.Start);
        var page = cache.Find(Key)!;
        Func<Stream, string> read = body => new StreamReader(body).ReadToEnd();

        var first = page.Read(read);
        Assert.That(first, Is.EqualTo("one"));
        Assert.That(page.Read(read), Is.SameAs(first));
        Assert.That(page.Read<string>(body => new StreamReader(body).ReadToEnd() + "!"), Is.EqualTo("one!"));
        Assert.That(page.Read(read), Is.EqualTo("one"));
    }

    [Test]
    public void Find_OtherCredential_FindsNothing()
    {
        using var cache = new PageCache(100_000);
        cache.Store(Key, "\"x\"", null, null, [1], GitHubClientHost.Start);

        Assert.That(cache.Find(Key with { CredentialId = "another" }), Is.Null);
    }

    [Test]
    public void Store_Replaced_DoesNotGrow()
    {
        using var cache = new PageCache(5_000);
        cache.Store(Key, "\"1\"", null, null, [1], GitHubClientHost.Start);
        var size = cache.Size;

        for (var i = 0; i < 100; i++)
            cache.Store(Key, "\"2\"", null, null, [1], GitHubClientHost.Start);

        Assert.That(cache.Size, Is.EqualTo(size));
        Assert.That(cache.Find(Key)?.ETag, Is.EqualTo("\"2\""));
    }

    [Test]
    public void Store_LargerThanTheCache_IsNotKept()
    {
        using var cache = new PageCache(2_000);
        var random = new byte[10_000];
        new Random(1).NextBytes(random);

        cache.Store(Key, "\"x\"", null, null, random, GitHubClientHost.Start);

        Assert.That(cache.Find(Key), Is.Null);
        Assert.That(cache.Size, Is.Zero);
    }

    [TestCase("W/\"a\"", "\"a\"", ExpectedResult = true)]
    [TestCase("\"a\"", "W/\"a\"", ExpectedResult = true)]
    [TestCase("W/\"a\"", "W/\"a\"", ExpectedResult = true)]
    [TestCase("\"a\"", "\"b\"", ExpectedResult = false)]
    public bool Match_Tags_AreComparedWeakly(string one, string other) => EntityTags.Match(one, other);
}
