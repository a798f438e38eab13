using PrEnv.Controller.Memory;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Memory;

internal sealed class HealthUrlsTests
{
    private const string Url = "https://app.test/";

    private static readonly UrlClaimant Old = Claimant("team-a", "web", 1);
    private static readonly UrlClaimant Young = Claimant("team-b", "web", 2);

    [Test]
    public void Before_ClaimOfAnOlderResource_IsFoundUntilItChangesOrIsForgotten()
    {
        var urls = new HealthUrls(new ControllerSettings());
        Remember(urls, Old, new UrlClaim(Url, Old, 7, IsLeaving: false), new UrlClaim("https://other.test/", Old, 8, IsLeaving: false));
        Remember(urls, Young, new UrlClaim(Url, Young, 5, IsLeaving: false));

        Assert.That(Before(urls, Young)?.Number, Is.EqualTo(7));
        Assert.That(Before(urls, Old), Is.Null, "of two, it belongs to the older");

        Remember(urls, Old, new UrlClaim(Url, Old, 9, IsLeaving: true));
        Assert.That(Before(urls, Young), Is.EqualTo(new UrlClaim(Url, Old, 9, IsLeaving: true)));
        urls.Remember(Old.Key, new Plan { Overall = OverallVerdict.Well("") });
        Assert.That(Before(urls, Young), Is.Not.Null, "nothing was looked at");
        urls.Forget(Old.Key);
        Assert.That(Before(urls, Young), Is.Null);
    }

    [Test]
    public void Before_SeveralOlderOnes_IsTheOldest()
    {
        var urls = new HealthUrls(new ControllerSettings());
        var (second, first) = (Claimant("a", "second", 1), Claimant("a", "first", 1));
        Remember(urls, second, new UrlClaim(Url, second, 1, IsLeaving: false));
        Remember(urls, first, new UrlClaim(Url, first, 1, IsLeaving: false));

        Assert.That(Before(urls, Young)?.Claimant.Key.Name, Is.EqualTo("first"), "by name when they are equally old");
        Assert.That(Before(urls, second)?.Claimant.Key.Name, Is.EqualTo("first"));
        Assert.That(Before(urls, first), Is.Null);
    }

    [Test]
    public void Before_SamePullRequestOfTheSameRepository_MayShareIt()
    {
        var urls = new HealthUrls(new ControllerSettings());
        var same = Young with { Repository = Old.Repository };
        Remember(urls, Old, new UrlClaim(Url, Old, 5, IsLeaving: false));

        Assert.That(Before(urls, same), Is.Null);
        Assert.That(Before(urls, Young)?.Number, Is.EqualTo(5), "number 5 of another repository is another pull request");
    }

    [Test]
    public void Of_NoCrossNamespaceReferences_KnowsTheOwnNamespaceAlone()
    {
        var urls = new HealthUrls(new ControllerSettings { NoCrossNamespaceRefs = true });
        Remember(urls, Old, new UrlClaim(Url, Old, 7, IsLeaving: false));
        var neighbour = Claimant("team-a", "api", 3);

        Assert.That(Before(urls, Young), Is.Null);
        Assert.That(Before(urls, neighbour)?.Number, Is.EqualTo(7));
    }

    private static UrlClaimant Claimant(string @namespace, string name, int second) =>
        new(new ResourceKey(@namespace, name), DateTimeOffset.UnixEpoch.AddSeconds(second), $"REPO OF {@namespace}");

    private static void Remember(HealthUrls urls, UrlClaimant claimant, params UrlClaim[] claims) =>
        urls.Remember(claimant.Key, new Plan { Overall = OverallVerdict.Well(""), HealthUrls = [.. claims] });

    private static UrlClaim? Before(HealthUrls urls, UrlClaimant asker) =>
        urls.Of(asker.Key).Before(new UrlClaim(Url, asker, 5, IsLeaving: false));
}
