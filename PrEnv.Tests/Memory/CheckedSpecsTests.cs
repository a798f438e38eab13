using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Memory;

internal sealed class CheckedSpecsTests
{
    private static readonly PREphemeralEnvController Resource = Some.Resource();

    private readonly CheckedSpecs _specs = new(new ControllerSettings(), new FakeTimeProvider());

    [Test]
    public void Of_TheSameGeneration_IsCheckedOnce()
    {
        var first = _specs.Of(Resource);
        var again = _specs.Of(Resource with { Status = null });

        Assert.That(first.Spec, Is.Not.Null);
        Assert.That(again, Is.SameAs(first), "only its status has changed");
    }

    [Test]
    public void Of_AnotherGenerationOrObject_IsCheckedAgain()
    {
        var first = _specs.Of(Resource);
        var edited = Resource with
        {
            Metadata = Resource.Metadata with { Generation = 2 },
            Spec = Resource.Spec with { DeletionPolicy = "none" },
        };
        var recreated = Resource with
        {
            Metadata = Resource.Metadata with { Uid = "another" },
            Spec = Resource.Spec with { Interval = "5m" },
        };

        Assert.That(_specs.Of(edited).Problems, Has.Length.EqualTo(1));
        Assert.That(_specs.Of(recreated).Spec!.Interval, Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(_specs.Of(Resource).Spec, Is.EqualTo(first.Spec).Using<EnvironmentSpec>((a, b) => a.Interval == b.Interval));
    }

    // A file that is planned before it is applied has neither.
    [Test]
    public void Of_AnObjectThatWasNeverStored_IsCheckedEachTime()
    {
        var draft = Resource with { Metadata = Resource.Metadata with { Uid = "", Generation = 0 } };
        var edited = draft with { Spec = draft.Spec with { Interval = "5m" } };
        _specs.Of(draft);

        Assert.That(_specs.Of(edited).Spec!.Interval, Is.EqualTo(TimeSpan.FromMinutes(5)));
    }
}
