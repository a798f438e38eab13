using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Checks;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Apps;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Checks;

/// <summary>How the checks of a commit stand, against the double.</summary>
internal sealed class CheckSourceTests : RepositoryTestBase
{
    private string _head = "";

    [SetUp]
    public void Open() => _head = Server.OpenPullRequest("acme", "shop", new NewPullRequest { Number = 22, ForkOwner = "mona" }).HeadSha;

    [TestCase(null, CheckState.Running)]
    [TestCase("success", CheckState.Passed)]
    [TestCase("neutral", CheckState.Passed)]
    [TestCase("skipped", CheckState.Passed)]
    [TestCase("failure", CheckState.Failed)]
    [TestCase("cancelled", CheckState.Failed)]
    [TestCase("timed_out", CheckState.Failed)]
    [TestCase("action_required", CheckState.Failed)]
    [TestCase("something_new", CheckState.Failed)]
    public async Task ReadRunsAsync_OfAConclusion_IsItsState(string? conclusion, CheckState state)
    {
        Server.RunCheck("acme", "shop", _head, "build / image (🚀)", conclusion);

        Assert.That((await RunsAsync("build / image (🚀)")).Single().State, Is.EqualTo(state), "by name");
        Assert.That((await RunsAsync()).Select(r => (r.Name, r.State)), Is.EqualTo([("build / image (🚀)", state)]));
    }

    [TestCase("success", CheckState.Passed)]
    [TestCase("failure", CheckState.Failed)]
    [TestCase("error", CheckState.Failed)]
    [TestCase("pending", CheckState.Running)]
    public async Task ReadStatusesAsync_OfAState_IsThat(string verdict, CheckState state)
    {
        Server.PostStatus("acme", "shop", _head, "ci/build", "pending");
        Server.PostStatus("acme", "shop", _head, "ci/build", verdict);

        Assert.That((await StatusesAsync()).Select(s => (s.Name, s.State)), Is.EqualTo([("ci/build", state)]));
    }

    [Test]
    public async Task ReadRunsAsync_OfAnotherAttempt_HasTheHigherId()
    {
        var first = Server.RunCheck("acme", "shop", _head, "build", "success");
        var second = Server.RunCheck("acme", "shop", _head, "build");
        var other = Server.RunCheck("acme", "shop", _head, "build", "failure", app: "circle");

        Assert.That(
            (await RunsAsync("build")).OrderBy(r => r.Id).Select(r => (r.Id, r.State)),
            Is.EqualTo([(second.Id, CheckState.Running), (other.Id, CheckState.Failed)]), "of each App its newest");
        Assert.That(second.Id, Is.GreaterThan(first.Id));
    }

    [Test]
    public async Task ReadAsync_OfAnotherCommit_IsNothing()
    {
        Server.RunCheck("acme", "shop", _head, "build", "success");
        Server.PostStatus("acme", "shop", _head, "ci/build", "success");
        _head = Server.Push("acme", "shop", 22).HeadSha;

        Assert.That(await RunsAsync(), Is.Empty);
        Assert.That(await StatusesAsync(), Is.Empty);
    }

    [Test]
    public async Task ReadAsync_OfAHundredChecks_ReadsAllOfThem()
    {
        for (var n = 0; n < 130; n++)
        {
            Server.RunCheck("acme", "shop", _head, "build", "success", app: $"app-{n}");
            Server.PostStatus("acme", "shop", _head, $"ci/{n}", "success");
        }

        Assert.That(await RunsAsync("build"), Has.Length.EqualTo(130));
        Assert.That(await StatusesAsync(), Has.Length.EqualTo(130));
    }

    [Test]
    public async Task ReadAsync_Again_IsNotCharged_UntilItChanges()
    {
        Server.RunCheck("acme", "shop", _head, "build");
        await RunsAsync("build");
        await StatusesAsync();
        Server.Requests.Reset();

        Server.RunCheck("acme", "shop", _head, "another", "success");
        await RunsAsync("build");
        await StatusesAsync();
        Assert.That(Server.Requests.Counters.Charged, Is.Zero, "another check costs nothing");

        Server.RunCheck("acme", "shop", _head, "build", "success");
        Assert.That((await RunsAsync("build")).Single().State, Is.EqualTo(CheckState.Passed));
        Assert.That(Server.Requests.Counters.Charged, Is.EqualTo(1));
    }

    [TestCase(404)]
    [TestCase(422)]
    [TestCase(500)]
    [TestCase(502)]
    public async Task ReadAsync_Refused_SaysWhy(int status)
    {
        Server.Faults.Add(new FaultRule { Path = "/commits/", Times = null, Effect = new FaultEffect.Answer(status) });
        var source = Client.Get<ICheckSource>();

        var runs = await source.ReadRunsAsync(Client.Access, _head, null, Ct);
        var statuses = await source.ReadStatusesAsync(Client.Access, _head, Ct);

        Assert.That((runs.Results, statuses.Results), Is.EqualTo((Array.Empty<CheckResult>(), Array.Empty<CheckResult>())));
        Assert.That((runs.Fault?.Message, statuses.Fault?.Message), Is.Not.EqualTo(((string?)null, (string?)null)));
        Assert.That(await Client.ListNumbersAsync(), Is.EqualTo((int[])[22]), "others are not disturbed");
    }

    [TestCase("""{"total_count":1}""")]
    [TestCase("""{"check_runs":[{"id":7,"name":null,"status":"completed","conclusion":"success"}]}""")]
    [TestCase("""{"check_runs":[{"name":"build","status":"completed","conclusion":"success"}]}""")]
    [TestCase("""{"check_runs":[null]}""")]
    [TestCase("[]")]
    [TestCase("null")]
    public async Task ReadRunsAsync_OfSomethingElse_IsRefused(string body)
    {
        Server.Faults.Add(new FaultRule { Path = "/check-runs", Times = null, Effect = new FaultEffect.Answer(200, body) });

        var runs = await Client.Get<ICheckSource>().ReadRunsAsync(Client.Access, _head, null, Ct);

        Assert.That((runs.Results.Length, runs.Fault?.Kind), Is.EqualTo((0, GitHubFaultKind.Malformed)));
    }

    [Test]
    public async Task ReadRunsAsync_WithAFineGrainedToken_SaysWhatToDo()
    {
        Server.AddToken("fine", kind: TokenKind.FineGrained);
        Server.Grant("fine", "acme", "shop");
        var access = Client.Access with { Credential = GitHubCredential.FromToken("fine") };

        var runs = await Client.Get<ICheckSource>().ReadRunsAsync(access, _head, "build", Ct);
        var statuses = await Client.Get<ICheckSource>().ReadStatusesAsync(access, _head, Ct);

        Assert.That(runs.Fault?.Kind, Is.EqualTo(GitHubFaultKind.AccessDenied));
        Assert.That(runs.Fault?.Message, Does.Contain("use a GitHub App, a classic token, or a check that posts a commit status"));
        Assert.That(statuses.Fault, Is.Null, "that costs nothing else");
    }

    [Test]
    public async Task ReadRunsAsync_AsAnAppWithoutThePermission_NamesIt_AndReadsOnceItIsGranted()
    {
        await using var world = await AppWorld.StartAsync();
        var head = world.Server.OpenPullRequest("acme", "shop").HeadSha;
        var access = world.Access with { Permissions = AppPermissions.CommitStatuses | AppPermissions.Checks };
        var source = world.Client.Get<ICheckSource>();

        var refused = await source.ReadRunsAsync(access, head, "build", Ct);
        Assert.That(refused.Fault?.Message, Does.Contain("has not granted checks: read. Add it in the App's settings"));
        Assert.That(await world.Client.ListNumbersAsync(access), Has.Length.EqualTo(1), "that costs nothing else");

        world.Server.ChangeInstallation(
            world.Installation.Id, i => i with { Permissions = i.Permissions.Add("checks", "read") });
        world.Advance(TimeSpan.FromMinutes(61));
        Assert.That((await source.ReadRunsAsync(access, head, "build", Ct)).Fault, Is.Null);
    }

    [Test]
    public async Task ReadAsync_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.That(
            async () => await Client.Get<ICheckSource>().ReadRunsAsync(Client.Access, _head, null, cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private async Task<CheckResult[]> RunsAsync(string? name = null)
    {
        var answer = await Client.Get<ICheckSource>().ReadRunsAsync(Client.Access, _head, name, Ct);
        Assert.That(answer.Fault, Is.Null);
        return [.. answer.Results];
    }

    private async Task<CheckResult[]> StatusesAsync()
    {
        var answer = await Client.Get<ICheckSource>().ReadStatusesAsync(Client.Access, _head, Ct);
        Assert.That(answer.Fault, Is.Null);
        return [.. answer.Results];
    }
}
