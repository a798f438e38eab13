using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Hosting.Cluster;

[TestFixture]
internal sealed class TokenFileTests
{
    [Test]
    public async Task Get_FileThatIsRenewed_IsReadAgainAndSurvivesItsAbsence()
    {
        using var directory = new TemporaryDirectory();
        var time = new FakeTimeProvider();
        var file = new TokenFile(directory.Write("token", "one\n"), time);
        Assert.That(await TokenAsync(), Is.EqualTo("Bearer one"));

        directory.Write("token", "two");
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(await TokenAsync(), Is.EqualTo("Bearer one"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await TokenAsync(), Is.EqualTo("Bearer two"));

        File.Delete(Path.Combine(directory.Path, "token"));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(await TokenAsync(), Is.EqualTo("Bearer two"));

        async Task<string> TokenAsync() => (await file.GetAuthenticationHeaderAsync(default)).ToString();
    }

    [Test]
    public async Task Reject_TheTokenThatIsKept_ReadsTheFileAgain()
    {
        using var directory = new TemporaryDirectory();
        var file = new TokenFile(directory.Write("token", "one"), new FakeTimeProvider());
        await file.GetAuthenticationHeaderAsync(default);

        directory.Write("token", "two");
        file.Reject("an older one");
        Assert.That((await file.GetAuthenticationHeaderAsync(default)).Parameter, Is.EqualTo("one"));
        file.Reject("one");
        Assert.That((await file.GetAuthenticationHeaderAsync(default)).Parameter, Is.EqualTo("two"));
    }

    [Test]
    public void Get_FileThatNeverWas_Fails() => Assert.That(
        () => new TokenFile("/does/not/exist", TimeProvider.System).GetAuthenticationHeaderAsync(default),
        Throws.InstanceOf<IOException>());
}
