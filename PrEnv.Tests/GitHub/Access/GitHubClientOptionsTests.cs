using PrEnv.Controller.GitHub.Access;

namespace PrEnv.Tests.GitHub.Access;

internal sealed class GitHubClientOptionsTests
{
    private static IEnumerable<GitHubClientOptions> Senseless()
    {
        yield return new GitHubClientOptions { RequestTimeout = TimeSpan.Zero };
        yield return new GitHubClientOptions { RequestTimeout = TimeSpan.FromSeconds(91) };
        yield return new GitHubClientOptions { LongestTurn = TimeSpan.Zero };
        yield return new GitHubClientOptions { ListingTimeout = TimeSpan.FromSeconds(-1) };
        yield return new GitHubClientOptions { WritesPerMinute = 0 };
        yield return new GitHubClientOptions { WriteBurst = 0 };
        yield return new GitHubClientOptions { WritesPerHour = 0 };
        yield return new GitHubClientOptions { CacheSizeBytes = 0 };
        yield return new GitHubClientOptions { MaxPages = 0 };
        yield return new GitHubClientOptions { MaxResponseBytes = -1 };
        yield return new GitHubClientOptions { MaxChannels = 0 };
        yield return new GitHubClientOptions { ChannelIdleTime = TimeSpan.Zero };
    }

    [Test]
    public void Validated_Defaults_AreValid() => Assert.That(() => new GitHubClientOptions().Validated(), Throws.Nothing);

    [TestCaseSource(nameof(Senseless))]
    public void Validated_SenselessBound_Throws(GitHubClientOptions options) =>
        Assert.That(() => options.Validated(), Throws.InvalidOperationException);
}
