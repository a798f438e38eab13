using Microsoft.AspNetCore.Http;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub;

/// <summary>No token and no body leaves, however the request ends.</summary>
[CancelAfter(120_000)]
internal sealed class SecretsTests
{
    /// <summary>A server that says back what it was told, in every place that it has.</summary>
    private static RequestDelegate Echo(int status) => context =>
        Answers.Json(
            $$"""{"message":"{{GitHubHarness.Token}}","errors":[{"message":"{{GitHubHarness.Token}}"}]}""",
            status,
            ("X-Echo", GitHubHarness.Token),
            ("Location", $"/{GitHubHarness.Token}"),
            ("Link", $"<https://{GitHubHarness.Token}.example/>; rel=\"next\""))(context);

    [TestCase(200)]
    [TestCase(201)]
    [TestCase(301)]
    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(422)]
    [TestCase(429)]
    [TestCase(500)]
    public async Task AnyCall_EchoedToken_IsInNoLogAndNoMessage(int status)
    {
        await using var github = await GitHubHarness.StartAsync(Echo(status));
        await ExpectSilenceAsync(github, GitHubHarness.Token, github.Access);
    }

    [Test]
    public async Task AnyCall_ConnectionBreaks_TokenIsInNoLogAndNoMessage()
    {
        await using var github = await GitHubHarness.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await ExpectSilenceAsync(github, GitHubHarness.Token, github.Access);
    }

    [Test]
    public async Task AnyCall_TokenWithALineBreak_IsInNoLogAndNoMessage()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        await ExpectSilenceAsync(
            github, GitHubHarness.Token, github.Access with { Credential = GitHubCredential.FromToken(GitHubHarness.Token + "\n") });
    }

    private static async Task ExpectSilenceAsync(GitHubHarness github, string secret, RepositoryAccess access)
    {
        var status = new CommitStatus(PullRequestBody.Sha, "context", CommitState.Success, "text", null);
        string[] said =
        [
            (await github.ListAsync(access)).ToString(),
            (await github.PullRequests.GetStateAsync(access, 1, CancellationToken.None)).ToString(),
            (await github.Statuses.PostAsync(access, status, CancellationToken.None)).ToString(),
            (await github.Statuses.ReadAsync(access, PullRequestBody.Sha, "context", CancellationToken.None)).ToString(),
            access.ToString(),
            .. github.Log.Lines,
        ];

        Assert.That(github.Log.Lines, Is.Not.Empty);
        Assert.That(said, Has.None.Contains(secret));
    }
}
