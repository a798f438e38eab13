using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PrEnv.Controller.Composition;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Http;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Tests.Kubernetes;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Http;

/// <summary>What is sent when the fence is closed: requests that only read.</summary>
internal sealed class FencingHandlerTests
{
    [Test]
    public async Task Send_FenceIsClosed_OnlyReadsReachTheServer()
    {
        var fence = new Fence();
        await using var server = await FakeApiServer.StartAsync((200, "{}"), (200, "{}"));
        using var client = new RawKubernetes(
            new k8s.KubernetesClientConfiguration { Host = server.Host },
            TimeProvider.System,
            new FencingHandler(fence, () => new ApiStatusException(FencingHandler.Status)));
        ApiRequest[] writes =
        [
            ApiRequest.Post("x", Body), ApiRequest.Put("x", Body), ApiRequest.Apply("x", Body), ApiRequest.MergePatch("x", Body),
            ApiRequest.Delete("x", Body),
        ];

        await SendAsync(ApiRequest.Get("x"));
        foreach (var write in writes)
            Assert.That(() => SendAsync(write), Throws.TypeOf<ApiStatusException>().With.Message.EqualTo("Not sent: this process is no longer the leader."));
        Assert.That(server.Requests.Verbs(), Is.EqualTo("GET"));
        fence.IsOpen = true;
        await SendAsync(writes[0]);
        Assert.That(server.Requests.Verbs(), Is.EqualTo("GET POST"));

        Task SendAsync(ApiRequest request) => client.SendAsync(request, ApiJson.Default.MetadataOnly, CancellationToken.None);
    }

    [Test]
    public async Task PostStatus_FenceIsClosed_IsAFailureThatIsTriedAgain()
    {
        var asked = 0;
        await using var github = await LocalServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        });
        await using var services = new ServiceCollection().AddSingleton<IWriteFence>(new Fence()).AddPrEnvGitHub().BuildServiceProvider();
        var access = new RepositoryAccess(github.Url, "acme", "shop", GitHubCredential.Anonymous);
        var status = new CommitStatus(new string('a', 40), "context", CommitState.Success, "", null);

        var result = await services.GetRequiredService<ICommitStatusReporter>().PostAsync(access, status, CancellationToken.None);

        Assert.That(result, Is.EqualTo(new WriteResult<CommitStatus>.Failed(FencingHandler.Message, WriteFailure.Unreachable)));
        Assert.That(asked, Is.Zero);
    }

    private static byte[] Body => Encoding.UTF8.GetBytes("{}");

    private sealed class Fence : IWriteFence
    {
        public bool IsOpen { get; set; }
    }
}
