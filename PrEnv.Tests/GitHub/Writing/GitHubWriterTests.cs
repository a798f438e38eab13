using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Writing;

/// <summary>A refusal concerns what it was about: the same for all that is written.</summary>
[CancelAfter(30_000)]
internal sealed class GitHubWriterTests
{
    private const string TooMany =
        """{"message":"Validation Failed","errors":[{"code":"custom","message":"This SHA and context has reached the maximum number of statuses."}]}""";

    private const string Locked =
        """{"message":"Unable to create comment because issue is locked.","documentation_url":"https://docs.github.com/articles/locking-conversations/"}""";

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [TestCase("status", 422, TooMany, WriteFailure.Full, FailureScope.Object, true)]
    [TestCase("status", 403, "{}", WriteFailure.Forbidden, FailureScope.Kind, false)]
    [TestCase("status", 404, "{}", WriteFailure.Forbidden, FailureScope.Kind, false)]
    [TestCase("status", 401, "{}", WriteFailure.CredentialRefused, FailureScope.Everything, false)]
    [TestCase("status", 500, "{}", WriteFailure.Passing, FailureScope.Object, false)]
    [TestCase("comment", 403, Locked, WriteFailure.Refused, FailureScope.Object, true)]
    [TestCase("comment", 404, "{}", WriteFailure.Forbidden, FailureScope.Kind, false)]
    [TestCase("edit", 404, "{}", WriteFailure.NotFound, FailureScope.Object, false)]
    [TestCase("edit", 410, "{}", WriteFailure.NotFound, FailureScope.Object, false)]
    [TestCase("edit", 403, Locked, WriteFailure.Refused, FailureScope.Object, true)]
    [TestCase("edit", 401, "{}", WriteFailure.CredentialRefused, FailureScope.Everything, false)]
    [TestCase("reaction", 404, "{}", WriteFailure.NotFound, FailureScope.Object, false)]
    [TestCase("reaction", 403, "{}", WriteFailure.Forbidden, FailureScope.Kind, false)]
    [TestCase("deployment", 409, "{}", WriteFailure.Refused, FailureScope.Object, true)]
    [TestCase("deployment", 404, "{}", WriteFailure.Forbidden, FailureScope.Kind, false)]
    [TestCase("state", 404, "{}", WriteFailure.NotFound, FailureScope.Object, false)]
    [TestCase("state", 502, "<html>", WriteFailure.Passing, FailureScope.Object, false)]
    public async Task SendAsync_Refused_IsAboutNoMoreThanItSays(
        string what, int status, string body, WriteFailure why, FailureScope scope, bool permanent)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(body, status));

        var failure = await FailAsync(github, what);

        Assert.That((failure, failure.Scope(), failure.IsPermanent()), Is.EqualTo((why, scope, permanent)));
    }

    [TestCase("status")]
    [TestCase("edit")]
    [TestCase("deployment")]
    public async Task SendAsync_AnswerIsLost_IsToBeLookedUp(string what)
    {
        await using var github = await GitHubHarness.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.That(await FailAsync(github, what), Is.EqualTo(WriteFailure.OutcomeUnknown));
    }

    [Test]
    public async Task SendAsync_NobodyListens_HoldsUpEverything()
    {
        var github = await GitHubHarness.StartAsync(Answers.Json("{}"));
        await using (github)
        {
            await github.Server.DisposeAsync();

            Assert.That((await FailAsync(github, "status")).Scope(), Is.EqualTo(FailureScope.Everything));
        }
    }

    private static async Task<WriteFailure> FailAsync(GitHubHarness github, string what)
    {
        var (access, sha) = (github.Access, PullRequestBody.Sha);
        return what switch
        {
            "status" => Why(await github.Statuses.PostAsync(access, new CommitStatus(sha, "c", CommitState.Success, "", null), Ct)),
            "comment" => Why(await github.Get<ICommentWriter>().CreateAsync(access, 1, "text", Ct)),
            "edit" => Why(await github.Get<ICommentWriter>().EditAsync(access, 4, "text", Ct)),
            "reaction" => Why(await github.Get<ICommandSource>().ReactAsync(access, 4, "eyes", Ct)),
            "deployment" => Why(await github.Get<IDeploymentWriter>().CreateAsync(access, sha, "pr-1", "tag", Ct)),
            _ => Why(
                await github.Get<IDeploymentWriter>().SetStateAsync(
                    access, 4, new DeploymentReport(sha, DeploymentState.Success, "d", null), Ct)),
        };
    }

    private static WriteFailure Why<T>(WriteResult<T> result)
    {
        Assert.That(result, Is.InstanceOf<WriteResult<T>.Failed>());
        return ((WriteResult<T>.Failed)result).Why;
    }
}
