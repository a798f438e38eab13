using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Releases;

[TestFixture]
public sealed class ActivityTests
{
    [Test]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var activity = Activity.Of(World.Noon.AddMilliseconds(7), World.Plain.Look(22));
        var release = World.Plain.Own(22, World.A).Annotation(OwnerLabels.ActivityAnnotation, activity.ToString());

        Assert.That(Activity.Read(release), Is.EqualTo(activity));
        Assert.That(activity.At, Is.EqualTo(World.Noon));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("/")]
    [TestCase("2026-03-01T12:00:00Z")]
    [TestCase("2026-03-01T12:00:00Z/")]
    [TestCase("12:00:00Z/0123456789abcdef")]
    [TestCase("2026-03-01T12:00:00Z/0123456789abcdef0")]
    public void Read_OfSomethingElse_IsNothing(string? text) =>
        Assert.That(Activity.Read(World.Plain.Own(22, World.A).Annotation(OwnerLabels.ActivityAnnotation, text)), Is.Null);

    [Test]
    public void LookOf_WhatPeopleDo_IsAnother()
    {
        var before = World.PullRequest(22, World.A) with { Labels = new LabelSet(["a", "b"]) };
        string[] looks =
        [
            Activity.LookOf(before, isApproved: false), Activity.LookOf(before, isApproved: true),
            Activity.LookOf(before with { HeadSha = World.B }, isApproved: false),
            Activity.LookOf(before with { Labels = new LabelSet(["a"]) }, isApproved: false),
            Activity.LookOf(before with { Labels = LabelSet.None }, isApproved: false),
        ];

        Assert.That(looks, Is.Unique);
        Assert.That(looks[0], Is.EqualTo("ff4adb9492467c8a"), "it is stored in the cluster");
    }

    [Test]
    public void LookOf_WhatIsNoActivity_IsTheSame()
    {
        var before = World.PullRequest(22, World.A) with { Labels = new LabelSet(["a", "b"]) };
        var after = before with { Labels = new LabelSet(["b", "a"]), Title = "Another", Author = "hubot", IsDraft = true };

        Assert.That(Activity.LookOf(after, isApproved: false), Is.EqualTo(Activity.LookOf(before, isApproved: false)));
    }
}
