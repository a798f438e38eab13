using PrEnv.Controller.GitHub.Comments;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Comments;

[CancelAfter(120_000)]
internal sealed class CommandTimesTests
{
    // It is held back for the next reading, because its pull request is not known yet.
    [Test]
    public async Task ReadAsync_CommentFromTheBeginningOfTime_ReadsFromThereOn()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(
            """
            [{"id":7,"body":"/prenv rebuild","user":{"login":"mona"},"created_at":"2026-03-01T11:00:00Z",
              "updated_at":"0001-01-01T00:00:00Z","issue_url":"https://api.github.test/repos/acme/shop/issues/23"}]
            """));
        var query = new CommandQuery(
            DateTimeOffset.MinValue, DateTimeOffset.MinValue, new HashSet<int> { 22 }, new Dictionary<long, DateTimeOffset>());

        var reading = await github.Get<ICommandSource>().ReadAsync(github.Access, query, CancellationToken.None);

        Assert.That(reading.Problem, Is.Null);
        Assert.That(reading.Next, Is.EqualTo(DateTimeOffset.MinValue));
    }
}
