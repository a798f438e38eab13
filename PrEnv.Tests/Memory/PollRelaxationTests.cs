using System.Collections.Immutable;
using System.Reflection;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Memory;

/// <summary>A webhook is trusted as long as no listing shows what it had not announced.</summary>
internal sealed class PollRelaxationTests
{
    private static readonly PullRequest Known = new()
    {
        Number = 22,
        HeadSha = Some.Sha,
        HeadBranch = "topic",
        BaseBranch = "main",
        Title = "Add a thing",
        Author = "mona",
        HtmlUrl = "https://github.test/octo/app/pull/22",
        Labels = new LabelSet(["preview"]),
        IsDraft = false,
        OpenedAt = Some.Now,
    };

    [Test]
    public void Listed_NothingNew_AsksHalfAsOften() => Assert.That(Factor([Known], [Known with { }]), Is.EqualTo(4));

    // Of each fact that a pull request has: a new one is among them by itself.
    [TestCaseSource(nameof(Facts))]
    public void Listed_FactThatWasNotAnnounced_AsksAsOftenAsBefore(string fact)
    {
        var changed = Known with { };
        var property = typeof(PullRequest).GetProperty(fact)!;
        property.SetValue(changed, Other(property.GetValue(Known)!));

        Assert.That(Factor([Known], [changed]), Is.EqualTo(1));
    }

    [Test]
    public void Listed_ChangeThatWasAnnounced_AsksHalfAsOften() =>
        Assert.That(Factor([Known], [Known with { Title = "Add two things" }], 22), Is.EqualTo(4));

    [Test]
    public void Listed_PullRequestThatIsGone_AsksAsOftenAsBefore() => Assert.That(Factor([Known], []), Is.EqualTo(1));

    [Test]
    public void Listed_PullRequestThatIsNew_AsksAsOftenAsBefore() => Assert.That(Factor([], [Known]), Is.EqualTo(1));

    [Test]
    public void Listed_SomeChangesThatWereNotAnnounced_CountsThem()
    {
        var listed = new PollRelaxation().Listed([Known], [Known with { Number = 23 }, Known with { Number = 24 }], [24]);

        Assert.That(listed, Is.EqualTo(2));
    }

    private static IEnumerable<string> Facts() => typeof(PullRequest).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanWrite)
        .Select(p => p.Name);

    private static int Factor(ImmutableArray<PullRequest> known, ImmutableArray<PullRequest> listed, params int[] announced)
    {
        var polling = new PollRelaxation();
        polling.Delivered();
        polling.Listed([Known], [Known], []);
        polling.Listed(known, listed, [.. announced]);
        return polling.Factor;
    }

    private static object Other(object value) => value switch
    {
        int number => number + 1,
        bool flag => !flag,
        string text => text + "x",
        LabelSet => LabelSet.None,
        DateTimeOffset time => time.AddDays(1),
        _ => throw new NotSupportedException($"A {value.GetType().Name}: say here what another one is."),
    };
}
