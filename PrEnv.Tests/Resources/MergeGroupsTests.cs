using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Resources;

internal sealed class MergeGroupsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly MergeGroup Seven = new(7, new string('a', 40));

    private static readonly MergeGroup Eight = new(8, new string('b', 64));

    [Test]
    public void Of_WhatWasNoted_IsTheSameUntilItIsTooOld()
    {
        var resource = With((Eight, Noon), (Seven, Noon.AddHours(1)));

        Assert.That(MergeGroups.Of(resource, Noon.AddHours(23)), Is.EqualTo([Seven, Eight]));
        Assert.That(MergeGroups.Outdated(resource, Noon.AddHours(23)), Is.Empty);
        Assert.That(MergeGroups.Of(resource, Noon.AddHours(24)), Is.EqualTo([Seven]));
        Assert.That(MergeGroups.Outdated(resource, Noon.AddHours(24)), Is.EqualTo([MergeGroups.NameOf(Eight)]));
    }

    [TestCase("")]
    [TestCase("7")]
    [TestCase("7 abc 2026-03-01T12:00:00Z")]
    [TestCase("x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 2026-03-01T12:00:00Z")]
    [TestCase("7 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa yesterday")]
    public void Of_SomethingElse_IsIgnoredAndOutdated(string value)
    {
        var resource = new ObjectMeta
        {
            Annotations = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal)
                .Add(MergeGroups.Prefix + "x", value).Add("other", "7"),
        };

        Assert.That(MergeGroups.Of(resource, Noon), Is.Empty);
        Assert.That(MergeGroups.Outdated(resource, Noon), Is.EqualTo([MergeGroups.Prefix + "x"]));
    }

    [Test]
    public void NameOf_LongCommit_IsAValidAnnotation() =>
        Assert.That(MergeGroups.NameOf(Eight).Split('/')[1], Has.Length.LessThanOrEqualTo(63));

    private static ObjectMeta With(params (MergeGroup Group, DateTimeOffset At)[] groups) => new()
    {
        Annotations = groups.ToImmutableDictionary(
            g => MergeGroups.NameOf(g.Group), g => MergeGroups.ValueOf(g.Group, g.At), StringComparer.Ordinal),
    };
}
