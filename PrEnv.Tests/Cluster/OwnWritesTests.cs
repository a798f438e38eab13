using PrEnv.Controller.Cluster;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Cluster;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OwnWritesTests
{
    private readonly OwnWrites _writes = new();

    [Test]
    public void Recognises_VersionThatWasWritten_IsTrueOnce()
    {
        _writes.Note(Version("2"));

        Assert.That(_writes.Recognises(Version("2")), Is.True);
        Assert.That(_writes.Recognises(Version("2")), Is.False, "a resync repeats it");
    }

    [Test]
    public void Recognises_AnothersVersion_IsFalse_AndOursIsStillToCome()
    {
        _writes.Note(Version("3"));

        Assert.That(_writes.Recognises(Version("2")), Is.False);
        Assert.That(_writes.Recognises(Version("3")), Is.True);
    }

    [Test]
    public void Recognises_TwoWritesOnTheirWay_IsTrueForBoth()
    {
        _writes.Note(Version("2"));
        _writes.Note(Version("3"));

        Assert.That(_writes.Recognises(Version("2")), Is.True);
        Assert.That(_writes.Recognises(Version("3")), Is.True);
    }

    [Test]
    public void Note_WritesThatTheWatchNeverShows_AreForgottenInTheEnd()
    {
        for (var i = 1; i <= 100; i++)
            _writes.Note(Version($"{i}"));

        Assert.That(_writes.Recognises(Version("1")), Is.False);
        Assert.That(_writes.Recognises(Version("100")), Is.True);
    }

    [Test]
    public void Recognises_ObjectThatIsGone_IsFalse()
    {
        _writes.Note(Version("2"));
        _writes.Forget(Version("2").Metadata.Key);

        Assert.That(_writes.Recognises(Version("2")), Is.False);
    }

    private static HelmRelease Version(string version) => Some.Release(1).Meta(m => m with { ResourceVersion = version });
}
