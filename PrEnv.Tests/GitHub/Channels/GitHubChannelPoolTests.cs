using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Channels;

[CancelAfter(120_000)]
internal sealed class GitHubChannelPoolTests
{
    [Test]
    public async Task Rent_SameCredential_IsTheSameChannel()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        var pool = github.Get<GitHubChannelPool>();

        using var one = pool.Rent(github.Access);
        using var other = pool.Rent(github.Access with { Name = "other", Credential = GitHubCredential.FromToken(GitHubHarness.Token) });

        Assert.That(other.Channel, Is.SameAs(one.Channel));
    }

    [Test]
    public async Task Rent_OtherApi_IsAnotherChannel()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        var pool = github.Get<GitHubChannelPool>();

        using var one = pool.Rent(github.Access);
        using var other = pool.Rent(github.Access with { ApiUrl = new Uri(github.Server.Url, "api/v3/") });

        Assert.That(other.Channel, Is.Not.SameAs(one.Channel));
    }

    [Test]
    public async Task Rent_MoreThanTheBound_ForgetsTheLongestUnused()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"), new GitHubClientOptions { MaxChannels = 3 });
        var pool = github.Get<GitHubChannelPool>();
        var first = Use(github, 0);
        for (var i = 1; i < 3; i++)
            Use(github, i);
        Use(github, 0);
        Use(github, 3);

        Assert.That(pool.Count, Is.EqualTo(3));
        Assert.That(Use(github, 0), Is.SameAs(first));
    }

    [Test]
    public async Task Rent_AllInUse_ForgetsNone()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"), new GitHubClientOptions { MaxChannels = 1 });
        var pool = github.Get<GitHubChannelPool>();
        using var used = pool.Rent(github.Access);

        Use(github, 1);

        Assert.That(Use(github, null), Is.SameAs(used.Channel));
    }

    [Test]
    public async Task Rent_UnderALimit_IsForgottenLast()
    {
        await using var github = await GitHubHarness.StartAsync(
            Answers.Json("{}", 429, ("Retry-After", "600")), new GitHubClientOptions { MaxChannels = 2 });
        await github.ListUnavailableAsync();
        var limited = Use(github, null);
        for (var i = 0; i < 5; i++)
        {
            github.Time.Advance(TimeSpan.FromSeconds(1));
            Use(github, i);
        }

        Assert.That(Use(github, null), Is.SameAs(limited));
    }

    [Test]
    public async Task Rent_AfterTheIdleTime_ForgetsTheOthers()
    {
        var options = new GitHubClientOptions();
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"), options);
        for (var i = 0; i < 10; i++)
            Use(github, i);
        github.Time.Advance(options.ChannelIdleTime);

        Use(github, 10);

        Assert.That(github.Get<GitHubChannelPool>().Count, Is.EqualTo(1));
    }

    private static GitHubChannel Use(GitHubHarness github, int? credential)
    {
        github.Time.Advance(TimeSpan.FromMilliseconds(1));
        var access = credential is null
            ? github.Access
            : github.Access with { Credential = GitHubCredential.FromToken($"token-{credential}") };
        using var lease = github.Get<GitHubChannelPool>().Rent(access);
        return lease.Channel;
    }
}
