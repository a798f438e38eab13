using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Moq;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Webhooks;
using PrEnv.Core.Informers;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.GitHub.Support;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Webhooks;

[CancelAfter(120_000)]
internal sealed class WebhookEndpointTests
{
    private WebhookWorld _world = null!;

    [SetUp]
    public async Task StartAsync() => _world = await WebhookWorld.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [TestCase("pull_request")]
    [TestCase("pull_request_review")]
    public async Task Delivery_OfAPullRequest_WakesTheResourcesThatExpectIt(string @event)
    {
        _world.Add("other", "hook");
        _world.Add("silent", null);
        _world.Add("elsewhere", "hook", "another-app");

        var answer = await _world.SendAsync(_world.Delivery(@event: @event));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(_world.Woken, Is.EquivalentTo(new[] { (Some.Key, 22), (new ResourceKey("default", "other"), 22) }));
    }

    [Test]
    public async Task Delivery_WithTheSignature_IsRemembered_AndAForgeryIsNot()
    {
        _world.Add("elsewhere", "hook", "another-app");
        await _world.SendAsync(_world.Delivery());
        var received = _world.Time.GetUtcNow().ToUnixTimeSeconds();
        _world.Time.Advance(TimeSpan.FromHours(1));
        await _world.SendAsync(_world.Delivery(secret: "forged"));

        Assert.That(
            await Scrapes.LinesAsync(_world.Metrics, "prenv_webhook_last"),
            Is.EqualTo((string[])[
                $"prenv_webhook_last_delivery_timestamp_seconds{{resource_namespace=\"default\",resource=\"ctrl\"}} {received}"]));
    }

    [Test]
    public async Task Delivery_ForAResourceThatIsGone_IsForgotten()
    {
        _world.Add("other", "hook");
        await _world.SendAsync(_world.Delivery());

        _world.Deliveries.OnDeleted(new Tombstone<PREphemeralEnvController>(Some.Key, null, IsFinalStateUnknown: true));

        Assert.That(
            (await Scrapes.LinesAsync(_world.Metrics, "prenv_webhook_last")).Single(),
            Does.StartWith("prenv_webhook_last_delivery_timestamp_seconds{resource_namespace=\"default\",resource=\"other\"} "));
    }

    [TestCase("open", true)]
    [TestCase("closed", false)]
    public async Task Delivery_OfAPullRequest_SaysWhatGitHubWillShow(string state, bool isOpen)
    {
        var said = $$$$"""{"number":22,"state":"{{{{state}}}}","head":{"sha":"{{{{Some.Sha}}}}"}}""";
        await _world.SendAsync(_world.Delivery($$$"""{"repository":{"full_name":"octo/app"},"pull_request":{{{said}}}}"""));

        Assert.That(_world.Expected, Is.EqualTo((ExpectedPullRequest?[])[new(isOpen, Some.Sha)]));
    }

    [TestCase("checks_requested", false)]
    [TestCase("destroyed", true)]
    public async Task Delivery_OfAMergeGroup_IsNotedForTheResourcesThatReportToIt(string action, bool isGone)
    {
        _world.Add("silent", null);
        _world.Add("other", "hook");
        var other = _world.Resources.Get(new ResourceKey("default", "other"))!;
        _world.Resources.Upsert(other with
        {
            Spec = other.Spec with { Report = new Report { CommitStatus = new CommitStatusReport { MergeQueue = false } } },
        });
        var body = $$$"""
            {"action":"{{{action}}}","repository":{"full_name":"octo/app"},
             "merge_group":{"head_sha":"{{{Some.Sha}}}","head_ref":"refs/heads/gh-readonly-queue/main/pr-22-{{{Some.Sha}}}"}}
            """;

        var answer = await _world.SendAsync(_world.Delivery(body, "merge_group"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(_world.Groups, Is.EqualTo(new[] { ("ctrl", new MergeGroupNews(new MergeGroup(22, Some.Sha), isGone)) }));
        Assert.That(_world.Woken, Is.Empty);
    }

    [Test]
    public async Task Delivery_WithAnotherSpellingOfTheRepository_IsForTheSame()
    {
        Assert.That(
            (await _world.SendAsync(_world.Delivery(WebhookWorld.Body(repository: "OCTO/App")))).Status,
            Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(_world.Woken, Has.Count.EqualTo(1));
    }

    [TestCase("another secret", "other")]
    [TestCase(WebhookWorld.Secret, "ctrl")]
    public async Task Delivery_OfTwoResourcesWithSecretsOfTheirOwn_WakesTheOneThatItIsSignedFor(string secret, string expected)
    {
        _world.Add("other", "other-hook");
        _world.Secrets.Setup(s => s.ReadAsync("default", "other-hook", "token", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new SecretReading("another secret", null));

        await _world.SendAsync(_world.Delivery(secret: secret));

        Assert.That(_world.Woken, Is.EqualTo(new[] { (new ResourceKey("default", expected), 22) }));
    }

    [Test]
    public async Task Ping_IsAnswered_AndWakesNobody()
    {
        var answer = await _world.SendAsync(_world.Delivery("""{"zen":"z","repository":{"full_name":"octo/app"}}""", "ping"));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.OK, "pong")));
        Assert.That(_world.Woken, Is.Empty);
    }

    [Test]
    public async Task Ping_OfAnOrganisationsHook_IsAnsweredWhenItFitsAnyResourceOfIt()
    {
        _world.Add("other", "other-hook", "another-app");
        _world.Secrets.Setup(s => s.ReadAsync("default", "other-hook", "token", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new SecretReading("another secret", null));

        var answer = await _world.SendAsync(_world.Delivery(OrganizationPing("Octo"), "ping", "another secret"));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.OK, "pong")));
        Assert.That(_world.Woken, Is.Empty);
    }

    [TestCase("octo", "guessed", HttpStatusCode.Unauthorized, "The signature does not match the webhook's secret.")]
    [TestCase(
        "unknown", WebhookWorld.Secret, HttpStatusCode.NotFound,
        "No resource has a webhookSecretRef for a repository of this organisation.")]
    public async Task Ping_OfAnOrganisationsHookThatDoesNotFit_SaysWhy(
        string organization, string secret, HttpStatusCode status, string text) =>
        Assert.That(await _world.SendAsync(_world.Delivery(OrganizationPing(organization), "ping", secret)), Is.EqualTo((status, text)));

    [Test]
    public async Task Ping_OfAnOrganisationThatIsTooLargeForOne_IsNotComparedWithItsSecrets()
    {
        var ping = OrganizationPing("octo").Replace("zen of", new string('x', 64 * 1024), StringComparison.Ordinal);

        Assert.That((await _world.SendAsync(_world.Delivery(ping, "ping"))).Status, Is.EqualTo(HttpStatusCode.NoContent));
        _world.Secrets.VerifyNoOtherCalls();
    }

    [TestCase("check_run", "build", "completed", true)]
    [TestCase("check_run", "build", "queued", false)]
    [TestCase("check_suite", null, "completed", true)]
    [TestCase("status", "Build", "success", true)]
    [TestCase("status", "build", "pending", false)]
    public async Task Check_ThatAResourceWaitsFor_WakesThatOne(string @event, string? name, string state, bool isConcluded)
    {
        _world.Add("builder", "hook", "app", "test", "build");
        _world.Add("other", "hook", "app", "lint");

        var answer = await _world.SendAsync(_world.Delivery(Check(@event, name, state), @event));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Accepted));
        var expected = new CheckNews(new string('a', 40), name, isConcluded);
        Assert.That(
            _world.News,
            Is.EquivalentTo(name is null ? [("builder", expected), ("other", expected)] : new[] { ("builder", expected) }));
        Assert.That(_world.Woken, Is.Empty);
    }

    [TestCase("check_run", "deploy", "aaaa")]
    [TestCase("check_run", "build", "<x>")]
    [TestCase("status", "ephemeral-env/demo", "aaaa")]
    public async Task Check_ThatNobodyWaitsFor_WakesNobody(string @event, string name, string sha)
    {
        _world.Add("builder", "hook", "app", "build");
        var body = Check(@event, name, "completed").Replace(
            new string('a', 40), sha.Replace("aaaa", new string('a', 40), StringComparison.Ordinal), StringComparison.Ordinal);

        Assert.That((await _world.SendAsync(_world.Delivery(body, @event))).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(_world.News, Is.Empty);
    }

    [TestCase("push", "{}")]
    [TestCase("installation", "not even JSON")]
    [TestCase("issue_comment", """{"repository":{"full_name":"octo/app"},"issue":{"number":3}}""")]
    [TestCase("ping", """{"zen":"of an App's hook"}""")]
    [TestCase("pull_request", """{"action":"opened","pull_request":{"number":22}}""")]
    [TestCase("pull_request", """{"action":"opened","pull_request":{"number":22},"organization":{"login":"octo"}}""")]
    [TestCase("pull_request", "{}")]
    public async Task Delivery_ThatIsAboutNothingHere_HasNoContent(string @event, string body)
    {
        Assert.That((await _world.SendAsync(_world.Delivery(body, @event))).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(_world.Woken, Is.Empty);
    }

    [Test]
    public async Task Delivery_WithTheWrongSecret_IsUnauthorized()
    {
        var answer = await _world.SendAsync(_world.Delivery(secret: "guessed"));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.Unauthorized, "The signature does not match the webhook's secret.")));
        Assert.That(_world.Woken, Is.Empty);
    }

    [Test]
    public async Task Delivery_WithoutASignature_IsUnauthorized()
    {
        var delivery = _world.Delivery();
        delivery.Headers.Remove("X-Hub-Signature-256");

        Assert.That((await _world.SendAsync(delivery)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("octo/unknown")]
    [TestCase("octo/silent")]
    public async Task Delivery_OfARepositoryWithoutAWebhookSecret_IsNotFound(string repository)
    {
        _world.Add("silent", null, "silent");

        var answer = await _world.SendAsync(_world.Delivery(WebhookWorld.Body(repository: repository)));

        Assert.That(answer, Is.EqualTo((HttpStatusCode.NotFound, "No resource has a webhookSecretRef for this repository.")));
    }

    [TestCase("""{"repository":{"full_name":"octo/app"},"pull_requ""")]
    [TestCase("[]")]
    [TestCase("")]
    public async Task Delivery_OfHalfAJson_IsABadRequest(string body) =>
        Assert.That((await _world.SendAsync(_world.Delivery(body))).Status, Is.EqualTo(HttpStatusCode.BadRequest));

    [Test]
    public async Task Delivery_AsAForm_SaysWhichSettingIsWrong()
    {
        var delivery = _world.Delivery();
        delivery.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

        var answer = await _world.SendAsync(delivery);

        Assert.That(answer, Is.EqualTo((HttpStatusCode.UnsupportedMediaType, "Set the webhook's content type to application/json.")));
    }

    [Test]
    public async Task Request_ThatIsNoDelivery_IsABadRequest()
    {
        var delivery = _world.Delivery();
        delivery.Headers.Remove("X-GitHub-Event");

        Assert.That((await _world.SendAsync(delivery)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Delivery_Of30Megabytes_IsRefusedBeforeItsBodyIsRead()
    {
        // By hand: the answer has to come while the body is still on its way.
        using var client = new TcpClient();
        await client.ConnectAsync(_world.Url.Host, _world.Url.Port);
        var head = "POST /webhooks/github HTTP/1.1\r\nHost: x\r\nX-GitHub-Event: pull_request\r\n"
            + "Content-Type: application/json\r\nContent-Length: 31457280\r\n\r\n{";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        var answer = new byte[12];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().Soon();

        Assert.That(Encoding.ASCII.GetString(answer), Is.EqualTo("HTTP/1.1 413"));
    }

    [Test]
    public async Task Delivery_OfThreeMegabytes_IsTaken()
    {
        var body = WebhookWorld.Body().Replace("synchronize", new string('x', 3 * 1024 * 1024), StringComparison.Ordinal);

        Assert.That((await _world.SendAsync(_world.Delivery(body))).Status, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Redelivery_OfOneThatWasAccepted_DoesNothing()
    {
        var id = Guid.NewGuid();
        await _world.SendAsync(_world.Delivery(id: id));

        var again = await _world.SendAsync(_world.Delivery(id: id));

        Assert.That(again, Is.EqualTo((HttpStatusCode.OK, "Already processed.")));
        Assert.That(_world.Woken, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Redelivery_OfOneThatFailed_IsCarriedOut()
    {
        var id = Guid.NewGuid();
        _world.IsReady = false;
        Assert.That((await _world.SendAsync(_world.Delivery(id: id))).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(_world.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(10)));

        _world.IsReady = true;
        Assert.That((await _world.SendAsync(_world.Delivery(id: id))).Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(_world.Woken, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Redelivery_OfOneThatBroke_IsCarriedOut()
    {
        var id = Guid.NewGuid();
        _world.Waker.SetupSequence(w => w.PullRequestChanged(Some.Key, 22, It.IsAny<ExpectedPullRequest?>()))
            .Throws<InvalidOperationException>()
            .Pass();
        Assert.That((await _world.SendAsync(_world.Delivery(id: id))).Status, Is.EqualTo(HttpStatusCode.InternalServerError));

        Assert.That((await _world.SendAsync(_world.Delivery(id: id))).Status, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Delivery_WithoutALength_IsRefused()
    {
        var delivery = _world.Delivery();
        delivery.Content!.Headers.ContentLength = null;
        delivery.Headers.TransferEncodingChunked = true;

        Assert.That((await _world.SendAsync(delivery)).Status, Is.EqualTo(HttpStatusCode.LengthRequired));
    }

    [Test]
    public async Task Secret_OfLongAgo_IsReadAgain()
    {
        await _world.SendAsync(_world.Delivery());
        _world.Secrets.Setup(s => s.ReadAsync("default", "hook", "token", It.IsAny<CancellationToken>())).ReturnsAsync(
            new SecretReading("rotated", null));

        _world.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.That(
            (await _world.SendAsync(_world.Delivery())).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "the old one serves no more");
    }

    [Test]
    public async Task Forgery_WithTheIdOfADelivery_DoesNotKeepItOut()
    {
        var id = Guid.NewGuid();
        await _world.SendAsync(_world.Delivery(secret: "guessed", id: id));

        Assert.That((await _world.SendAsync(_world.Delivery(id: id))).Status, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Secret_WasRotated_IsReadAgainWhenASignatureDoesNotFit()
    {
        await _world.SendAsync(_world.Delivery());
        _world.Secrets.Setup(s => s.ReadAsync("default", "hook", "token", It.IsAny<CancellationToken>())).ReturnsAsync(
            new SecretReading("rotated", null));
        Assert.That(
            (await _world.SendAsync(_world.Delivery(secret: "rotated"))).Status, Is.EqualTo(HttpStatusCode.Unauthorized),
            "read just before");

        _world.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.That((await _world.SendAsync(_world.Delivery(secret: "rotated"))).Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await _world.SendAsync(_world.Delivery())).Status, Is.EqualTo(HttpStatusCode.Unauthorized), "the old one");
    }

    [Test]
    public async Task Flood_OfForgeries_ReadsTheSecretOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => _world.SendAsync(_world.Delivery(secret: "guessed"))));

        _world.Secrets.Verify(s => s.ReadAsync("default", "hook", "token", It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task Secret_IsMissing_RefusesAll()
    {
        _world.Secrets.Setup(s => s.ReadAsync("default", "hook", "token", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new SecretReading(null, "Secret default/hook does not exist: create it."));

        Assert.That((await _world.SendAsync(_world.Delivery())).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Secret_CannotBeReadJustNow_AsksForARedelivery_AndRecovers()
    {
        _world.Secrets.SetupSequence(s => s.ReadAsync("default", "hook", "token", It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ApiStatusException(new ApiStatus(500, "InternalError", "etcd is away")))
            .ReturnsAsync(new SecretReading(WebhookWorld.Secret, null));

        Assert.That((await _world.SendAsync(_world.Delivery())).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((await _world.SendAsync(_world.Delivery())).Status, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Answers_NeverTellTheSecret()
    {
        var answers = new List<string>();
        foreach (var delivery in (HttpRequestMessage[])[_world.Delivery(), _world.Delivery(secret: "guessed"), _world.Delivery("{")])
            answers.Add((await _world.SendAsync(delivery)).Text);

        Assert.That(answers, Has.None.Contains(WebhookWorld.Secret));
    }

    [Test]
    public async Task Delivery_OfEachRealPayload_IsUnderstood()
    {
        foreach (var (name, json) in RealPayloads.All("pull_request", "issue_comment"))
        {
            var repository = System.Text.Json.Nodes.JsonNode.Parse(json)!["repository"]!;
            var parts = ((string)repository["full_name"]!).Split('/');
            var resource = Some.Resource();
            _world.Resources.Upsert(resource with
            {
                Metadata = resource.Metadata with { Name = "real" },
                Spec = resource.Spec with
                {
                    GitHubPRRepository = new() { User = parts[0], Repo = parts[1], WebhookSecretRef = new() { Name = "hook" } },
                },
            });

            var answer = await _world.SendAsync(_world.Delivery(json, name[..name.IndexOf('.', StringComparison.Ordinal)]));

            Assert.That(answer.Status, Is.AnyOf(HttpStatusCode.Accepted, HttpStatusCode.NoContent), name);
        }
    }

    private static string OrganizationPing(string login) =>
        $$$"""{"zen":"zen of","hook":{"type":"Organization"},"organization":{"login":"{{{login}}}"}}""";

    private static string Check(string @event, string? name, string state)
    {
        var sha = new string('a', 40);
        var what = @event switch
        {
            "status" => $"\"sha\":\"{sha}\",\"context\":\"{name}\",\"state\":\"{state}\",\"name\":\"octo/app\"",
            "check_suite" => $"\"check_suite\":{{\"head_sha\":\"{sha}\",\"status\":\"{state}\"}}",
            _ => $"\"check_run\":{{\"head_sha\":\"{sha}\",\"name\":\"{name}\",\"status\":\"{state}\",\"pull_requests\":[]}}",
        };
        return $"{{{what},\"repository\":{{\"full_name\":\"octo/app\"}}}}";
    }
}
