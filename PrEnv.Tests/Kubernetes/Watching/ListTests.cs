using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Kubernetes.Watching;

[TestFixture]
internal sealed class ListTests
{
    private const string Metadata = """{"resourceVersion":"40","continue":"more","remainingItemCount":3}""";

    private RecordingLogger<CustomResourceListWatch<HelmRelease>> _log = null!;

    [SetUp]
    public void StartLog() => _log = new RecordingLogger<CustomResourceListWatch<HelmRelease>>();

    // The order of the real server is alphabetical for custom resources and another for the rest.
    [Test]
    public async Task List_AnyOrderOfPropertiesInAnyPieces_IsRead([Values(1, 2, 7, 4096)] int piece, [Values] bool itemsFirst)
    {
        var items = $"[{Samples.Release("relpr-1")},\n {Samples.Release("relpr-2", more: ""","status":{"conditions":[]}""")}]";
        var body = itemsFirst
            ? $$"""{"apiVersion":"v2","items":{{items}},"kind":"HelmReleaseList","metadata":{{Metadata}}}"""
            : $$"""{"kind":"HelmReleaseList","other":[{"items":[{}]}],"metadata":{{Metadata}},"items":{{items}}} """;

        var page = await ReadAsync(body, piece);

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(' ', page.Items.Select(r => r.Metadata.Name)), Is.EqualTo("relpr-1 relpr-2"));
            Assert.That(page.ResourceVersion, Is.EqualTo("40"));
            Assert.That(page.Continue, Is.EqualTo("more"));
        });
    }

    [Test]
    public async Task List_ObjectThatIsNestedVeryDeep_IsReadAsTheOthers()
    {
        var deep = $$"""{"prNumber":1,"a":{{new string('[', 3000)}}{{new string(']', 3000)}}}""";
        var labels = ""","labels":{"app.kubernetes.io/managed-by":"prenv-controller"}""";
        var items = $$"""[{{Samples.Release("relpr-1", metadata: labels, more: $$""","spec":{"values":{{deep}}}""")}},{{Samples.Release("relpr-2")}}]""";

        var page = await ReadAsync($$"""{"items":{{items}},"metadata":{{Metadata}}}""");

        Assert.That(page.Items.Select(r => r.Metadata.Name), Is.EqualTo(["relpr-1", "relpr-2"]));
        Assert.That(page.Items[0].Spec.PrNumber, Is.EqualTo(1));
    }

    [TestCase("[]")]
    [TestCase("null")]
    public async Task List_NoItems_IsEmptyAndTheLastPage(string items)
    {
        var page = await ReadAsync($$$"""{"items":{{{items}}},"metadata":{"resourceVersion":"40","continue":""}}""");

        Assert.That(page.Items, Is.Empty);
        Assert.That(page.Continue, Is.Null);
    }

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("""{"items":[]}""")]
    [TestCase("""{"metadata":{"resourceVersion":"40"}}""")]
    [TestCase("""{"items":[],"metadata":{"resourceVersion":"40"}""")]
    [TestCase("")]
    [TestCase("<html></html>")]
    public async Task List_AnswerThatIsNoList_IsAnErrorAndNotAnEmptyList(string body)
    {
        await using var server = await FakeApiServer.StartAsync((200, body));
        using var client = server.Client();

        Assert.That(
            async () => await Open(client).ListAsync(new ListOptions(""), CancellationToken.None),
            Throws.InstanceOf<ApiStatusException>().With.Property(nameof(ApiStatusException.Status)).Property(nameof(ApiStatus.Reason))
            .EqualTo("UnreadableAnswer"));
    }

    [Test]
    public async Task List_ConnectionBreaks_IsUnreachable()
    {
        await using var server = await FakeApiServer.StartAsync(async (context, _) =>
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("""{"items":["""));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using var client = server.Client();

        Assert.That(
            async () => await Open(client).ListAsync(new ListOptions(""), CancellationToken.None),
            Throws.InstanceOf<ApiStatusException>().With.Property(nameof(ApiStatusException.Status)).Property(
                nameof(ApiStatus.IsUnreachable)).True);
    }

    [Test]
    public async Task List_ItemThatDoesNotFit_IsLeftOutAndLoggedByNameOnly()
    {
        var odd = Samples.Release("odd", more: ""","status":{"helmChart":{"a":"hunter2"}}""");

        var page = await ReadAsync($$"""{"items":[{{odd}},{{Samples.Release()}}],"metadata":{{Metadata}}}""");

        Assert.That(page.Items.Single().Metadata.Name, Is.EqualTo("relpr-22"));
        Assert.That(_log.Entries.Single().Message, Does.Contain("envs/odd").And.Not.Contains("hunter2"));
    }

    [TestCase("", null, null, "", TestName = "List_QuorumRead_SendsNoVersion")]
    [TestCase("", 500, null, "limit=500", TestName = "List_QuorumReadInPages_SendsTheLimit")]
    [TestCase("0", 500, null, "limit=500&resourceVersion=0", TestName = "List_AnyVersion_SendsZeroWithoutMatch")]
    [TestCase(
        "9", 500, null, "limit=500&resourceVersion=9&resourceVersionMatch=NotOlderThan",
        TestName = "List_NotOlderThan_SaysSoForWithALimitItWouldMeanExactly")]
    [TestCase("9", 500, "token", "continue=token&limit=500", TestName = "List_NextPage_SendsTheTokenWithoutAVersion")]
    public async Task List_Options_BecomeParameters(string version, int? limit, string? token, string expected)
    {
        await using var server = await FakeApiServer.StartAsync((200, """{"items":[],"metadata":{"resourceVersion":"40"}}"""));
        using var client = server.Client();

        await Open(client).ListAsync(new ListOptions(version, limit, token), CancellationToken.None);

        var query = server.Requests.Single().Query.OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}={q.Value}");
        Assert.That(string.Join('&', query), Is.EqualTo(expected));
    }

    [Test]
    public async Task List_OneNamespaceBySelector_IsAskedForThatOnly()
    {
        await using var server = await FakeApiServer.StartAsync((200, """{"items":[],"metadata":{"resourceVersion":"40"}}"""));
        using var client = server.Client();
        var factory = new ListWatchFactory(client, TimeProvider.System, NullLoggerFactory.Instance);

        await factory.Resources("team a", "shard=1,x!=y").ListAsync(new ListOptions(""), CancellationToken.None);

        var seen = server.Requests.Single();
        Assert.That(
            seen.Path, Is.EqualTo("/apis/prcontroller.controllers.ephemeralenv.io/v1alpha1/namespaces/team a/prephemeralenvcontrollers"));
        Assert.That(seen.Query, Is.EqualTo(new Dictionary<string, string>(StringComparer.Ordinal) { ["labelSelector"] = "shard=1,x!=y" }));
    }

    private Task<ListPage<HelmRelease>> ReadAsync(string body, int piece = 4096)
    {
        var objects = new ObjectDecoder<HelmRelease>(WatchedJson.Default.HelmRelease, r => r, HelmRelease.Plural, _log, ReleaseReader.Read);
        return new ListReader<HelmRelease>(objects).ReadAsync(
            new PiecewiseStream(Encoding.UTF8.GetBytes(body), piece), CancellationToken.None);
    }

    private CustomResourceListWatch<HelmRelease> Open(RawKubernetes client) => new(
        client, new ListWatchTarget(ApiResource.HelmReleases), WatchedJson.Default.HelmRelease, Trimming.Trim, TimeProvider.System, _log,
        ReleaseReader.Read);

    /// <summary>Gives a few bytes at a time, as a slow network does.</summary>
    private sealed class PiecewiseStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
