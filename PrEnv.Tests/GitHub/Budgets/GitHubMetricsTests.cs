using System.Text;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Budgets;

[CancelAfter(120_000)]
internal sealed class GitHubMetricsTests
{
    [Test]
    public async Task Requests_OfEveryOutcome_AreCountedByTheCredentialsFingerprint()
    {
        await using var server = await GitHubServer.StartAsync();
        server.CreateRepository("acme", "shop");
        server.AddToken(GitHubClientHost.Token);
        server.Grant(GitHubClientHost.Token, "acme", "shop");
        var sha = server.OpenPullRequest("acme", "shop").HeadSha;
        await using var client = new GitHubClientHost(server.BaseUrl);
        await client.ListNumbersAsync();
        await client.ListNumbersAsync();
        await client.Statuses.PostAsync(client.Access, new CommitStatus(sha, "c", CommitState.Success, "", null), CancellationToken.None);
        server.Faults.Add(new FaultRule { Effect = new FaultEffect.Drop() });
        await client.ListUnavailableAsync();
        server.Faults.Add(new FaultRule { Effect = new FaultEffect.SecondaryLimit() });
        await client.ListUnavailableAsync();

        var id = client.Access.Credential.Id;
        var scrape = await ScrapeAsync(client);
        Assert.That(scrape, Is.SupersetOf([
            $"prenv_github_requests_total{{credential=\"{id}\",kind=\"read_pull_requests\",outcome=\"ok\"}} 1",
            $"prenv_github_requests_total{{credential=\"{id}\",kind=\"read_pull_requests\",outcome=\"not_modified\"}} 1",
            $"prenv_github_requests_total{{credential=\"{id}\",kind=\"read_pull_requests\",outcome=\"no_answer\"}} 1",
            $"prenv_github_requests_total{{credential=\"{id}\",kind=\"read_pull_requests\",outcome=\"rate_limited\"}} 1",
            $"prenv_github_requests_total{{credential=\"{id}\",kind=\"write_commit_statuses\",outcome=\"ok\"}} 1",
            $"prenv_github_charged_requests_total{{credential=\"{id}\"}} 3",
            $"prenv_github_cache_hits_total{{credential=\"{id}\"}} 1",
            $"prenv_github_rate_limit_limit{{credential=\"{id}\"}} {server.RateLimit(GitHubClientHost.Token).Limit}",
            $"prenv_github_rate_limit_remaining{{credential=\"{id}\"}} {server.RateLimit(GitHubClientHost.Token).Remaining}",
        ]));
        Assert.That(string.Join('\n', scrape), Does.Not.Contain(GitHubClientHost.Token));
    }

    [Test]
    public async Task Gauges_OfACredentialThatIsNotUsedAnyMore_Disappear()
    {
        await using var server = await GitHubServer.StartAsync();
        server.CreateRepository("acme", "shop");
        server.AddToken(GitHubClientHost.Token);
        await using var client = new GitHubClientHost(server.BaseUrl);
        await client.ListNumbersAsync();
        client.Time.Advance(TimeSpan.FromHours(3));
        await client.ListNumbersAsync(client.Access with { Credential = GitHubCredential.Anonymous });

        Assert.That(
            (await ScrapeAsync(client)).Where(line => line.StartsWith("prenv_github_rate_limit_remaining{", StringComparison.Ordinal)),
            Has.Exactly(1).Items.And.All.Contains("anonymous"));
    }

    private static async Task<string[]> ScrapeAsync(GitHubClientHost client)
    {
        using var text = new MemoryStream();
        await client.Get<MetricsRegistry>().Collectors.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n');
    }
}
