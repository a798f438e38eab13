using k8s;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Controller.Startup;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Hosting.Cluster;

internal sealed class ClusterCheckTests
{
    private readonly FakeTimeProvider _time = new();

    [TestCase(
        401,
        "rejected the credentials of context 'kind' (config) (401 Unauthorized). "
        + "Log in again, or choose another context with --context.")]
    [TestCase(
        404,
        "of context 'kind' (config) cannot be reached: it returned 404 when asked for its version. "
        + "Is the cluster running? Choose another one with --context or --kubeconfig.")]
    [TestCase(
        503,
        "of context 'kind' (config) cannot be reached: it returned 503 when asked for its version. "
        + "Is the cluster running? Choose another one with --context or --kubeconfig.")]
    public async Task Start_ServerRefuses_IsOneLine(int status, string expected)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("SECRET\nBODY");
        });
        var url = server.Url.AbsoluteUri.TrimEnd('/');

        Assert.That(
            async () => await Check(url).StartAsync(CancellationToken.None),
            Throws.TypeOf<StartupException>().With.Message.EqualTo($"Kubernetes: {url} {expected}"));
    }

    [Test]
    public async Task Start_ServerKeepsItsVersionToItself_GoesOn()
    {
        await using var server = await LocalServer.StartAsync(403);

        await Check(server.Url.AbsoluteUri).StartAsync(CancellationToken.None);
    }

    [Test]
    public async Task Start_NobodyListens_IsOneLine()
    {
        string url;
        await using (var server = await LocalServer.StartAsync(200))
            url = server.Url.AbsoluteUri.TrimEnd('/');

        Assert.That(
            async () => await Check(url).StartAsync(CancellationToken.None),
            Throws.TypeOf<StartupException>().With.Message.EqualTo(
                $"Kubernetes: {url} of context 'kind' (config) cannot be reached: Connection refused. Is the cluster running? Choose "
                + "another one with --context or --kubeconfig."));
    }

    [TestCase("not json")]
    [TestCase("<html></html>")]
    public async Task Start_SomethingElseAnswers_IsOneLine(string body)
    {
        await using var server = await LocalServer.StartAsync(context => context.Response.WriteAsync(body));

        Assert.That(
            async () => await Check(server.Url.AbsoluteUri).StartAsync(CancellationToken.None),
            Throws.TypeOf<StartupException>().With.Message.Contains("cannot be reached").And.Message.Not.Contain("\n"));
    }

    [TestCase(2, true)]
    [TestCase(3, false)]
    public async Task Start_ServerClosesTheConnection_IsAskedThreeTimes(int closed, bool goesOn)
    {
        var requests = 0;
        await using var server = await LocalServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref requests) > closed)
                return context.Response.WriteAsync("""{"gitVersion": "v1.36.0"}""");
            context.Abort();
            return Task.CompletedTask;
        });

        var start = Check(server.Url.AbsoluteUri).StartAsync(CancellationToken.None);

        Assert.That(
            async () => await start,
            goesOn ? Throws.Nothing : Throws.TypeOf<StartupException>().With.Message.Contains("cannot be reached"));
        Assert.That(requests, Is.EqualTo(3));
    }

    [Test]
    public async Task Start_NoAnswer_GivesUpAfterAMinute()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LocalServer.StartAsync(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, _time, context.RequestAborted);
        });

        var start = Check(server.Url.AbsoluteUri).StartAsync(CancellationToken.None);
        await asked.Task.Soon();
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.That(async () => await start.Soon(), Throws.TypeOf<StartupException>().With.Message.Contains("no answer within 60 seconds"));
    }

    private ClusterCheck Check(string url) => new(
        new ClusterConnection(new KubernetesClientConfiguration { Host = url }, "kind", "config"), _time,
        NullLogger<ClusterCheck>.Instance);
}
