using System.Text;
using PrEnv.Controller.GitHub.Checks;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Files;
using PrEnv.Controller.GitHub.PullRequests;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Tests.GitHub.Support;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Fuzz;

/// <summary>GitHub's answers, over HTTP where the reading is more than a parser.</summary>
[TestFixture]
[Category("Fuzz")]
internal sealed class GitHubFuzzTests
{
    private const string Reviews = """
        [
          {
            "id": 80, "user": { "login": "mona", "id": 1 }, "state": "APPROVED", "body": "",
            "commit_id": "0123456789abcdef0123456789abcdef01234567", "submitted_at": "2026-01-01T00:00:00Z", "author_association": "MEMBER"
          },
          { "id": 81, "user": null, "state": "COMMENTED", "body": null, "commit_id": null }
        ]
        """;

    private const string Files = """
        [
          {
            "sha": "bbcd538c8e72b8c175046e27cc8f907076331401", "filename": "src/a.cs", "status": "renamed", "previous_filename": "a.cs",
            "contents_url": "https://api.github.test/repos/acme/shop/contents/src/a.cs?ref=0123456789abcdef0123456789abcdef01234567"
          },
          { "sha": null, "filename": "docs/a.md", "status": "removed", "contents_url": null }
        ]
        """;

    private const string Checks = """
        {
          "total_count": 2,
          "check_runs": [
            { "id": 7, "name": "build", "head_sha": "0123456789abcdef0123456789abcdef01234567", "status": "completed", "conclusion": "success" },
            { "id": 8, "name": "build", "head_sha": "0123456789abcdef0123456789abcdef01234567", "status": "queued", "conclusion": null }
          ],
          "statuses": [{ "id": 9, "context": "ci/build", "state": "success" }, { "id": 10, "context": "ci/test", "state": "error" }]
        }
        """;

    private const string Comments = """
        [
          {
            "id": 7, "body": "/prenv rebuild", "user": { "login": "mona", "type": "User" }, "created_at": "2026-03-01T11:00:00Z",
            "updated_at": "2026-03-01T11:00:00Z", "issue_url": "https://api.github.test/repos/acme/shop/issues/22",
            "author_association": "OWNER", "performed_via_github_app": null
          },
          {
            "id": 8, "body": "/prenv approve 0123456", "user": { "login": "mona" }, "created_at": "2026-03-01T11:00:01Z",
            "updated_at": "2026-03-01T11:00:02Z", "issue_url": "https://api.github.test/repos/acme/shop/issues/22"
          }
        ]
        """;

    private const string Permission = """{ "permission": "write", "role_name": "maintain", "user": { "login": "mona" } }""";

    [Test]
    public Task Page_OfAnyAnswer_IsReadOrRefusedAndPlansWell() => Fuzzer.Run(PullRequestBody.Page(21, 22), (body, _) =>
    {
        if (Read(body, s => PullRequestParser.ReadPage(s)) is not { } page)
            return;
        var listing = new PullRequestListing.Complete([.. page.Select(p => p.PullRequest).OrderBy(p => p.Number)]);
        EnvironmentReconciler.Reconcile(World.Probing.Release(22).Snapshot() with { Listing = listing });
    });

    [Test]
    public Task PullRequest_OfAnyAnswer_IsReadOrRefused() => Fuzzer.Run(PullRequestBody.Of(22).ToJsonString(), (body, _) =>
    {
        Read(body, s => (object)PullRequestParser.Read(s, 22));
        Read(body, s => (object)PullRequestParser.ReadState(s, 22));
    });

    [Test]
    [CancelAfter(3_600_000)]
    public Task Listing_OfAnyAnswer_IsCompleteOrUnavailable() => OverHttpAsync(PullRequestBody.Page(21, 22), async (github, _) =>
    {
        Fuzzer.AssertQuiet((await github.ListAsync() as PullRequestListing.Unavailable)?.Message);
        await github.PullRequests.GetAsync(github.Access, 22, CancellationToken.None);
    });

    [Test]
    [CancelAfter(3_600_000)]
    public Task Reviews_OfAnyAnswer_AreKnownOrNot() => OverHttpAsync(Reviews, async (github, _) =>
        await github.Get<IReviewSource>().ReadAsync(github.Access, 22, CancellationToken.None));

    [Test]
    public Task Files_OfAnyAnswer_AreReadOrRefusedAndJudged() => Fuzzer.Run(Files, (body, _) =>
    {
        if (Read(body, FilesParser.ReadPage) is not { } page)
            return;
        var files = new ChangedFiles.Known(
            [.. page.Select(f => f.Path)], IsComplete: true, [.. page.Select(f => f.Commit).OfType<string>()]);
        var question = new PathQuestion(22, World.A, "main", new PathFilter(["src/**", "**/?.md"], ["**"]));
        Fuzzer.AssertQuiet(PathVerdict.Of(question, files).Problem);
    });

    [Test]
    public Task Checks_OfAnyAnswer_AreReadOrRefusedAndPlannedWith() => Fuzzer.Run(Checks, (body, _) =>
    {
        CheckResult[] results = [.. Read(body, CheckParser.ReadRuns) ?? [], .. Read(body, CheckParser.ReadStatuses) ?? []];
        var world = World.Plain.Waiting("build", "ci/build").Open(22);
        foreach (var row in (world with { Checks = world.Checks.Add(World.A, new CheckReading([.. results])) }).Plan().Environments)
            Fuzzer.AssertQuiet(row.Message);
    });

    [Test]
    [CancelAfter(3_600_000)]
    public Task Comments_OfAnyAnswer_AreReadOrNot() => OverHttpAsync(Comments, async (github, random) =>
    {
        var since = random.Next(4) == 0 ? DateTimeOffset.MinValue : GitHubClientHost.Start - TimeSpan.FromHours(2);
        var query = new CommandQuery(since, since, new HashSet<int> { 22 }, new Dictionary<long, DateTimeOffset>());
        await github.Get<ICommandSource>().ReadAsync(github.Access, query, CancellationToken.None);
        await github.Get<ICommentWriter>().FindAsync(github.Access, 22, "/prenv", CancellationToken.None);
    });

    private static T? Read<T>(byte[] body, Func<Stream, T> read)
        where T : class
    {
        try
        {
            using var stream = new MemoryStream(body);
            return read(stream);
        }
        catch (Exception e) when (e is GitHubFaultException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    // The permission of an author is asked for by an address of its own.
    private static async Task OverHttpAsync(string sample, Func<GitHubHarness, Random, Task> check)
    {
        var answer = Array.Empty<byte>();
        await using var github = await GitHubHarness.StartAsync(async context =>
        {
            var isPermission = context.Request.Path.Value!.EndsWith("/permission", StringComparison.Ordinal);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(isPermission ? Encoding.UTF8.GetBytes(Permission) : answer);
        });
        await Fuzzer.RunAsync(sample, async (body, random) =>
        {
            answer = body;
            await check(github, random);
            if (github.Log.Drain().Any(line => line.Contains(GitHubClientHost.Token, StringComparison.Ordinal)))
                throw new InvalidOperationException("The token is in the log.");
            github.Server.Forget();
        });
    }
}
