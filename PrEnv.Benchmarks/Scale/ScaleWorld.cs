using System.Globalization;
using System.Text.Json;
using k8s;
using k8s.Models;
using PrEnv.Benchmarks.Load;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Benchmarks.Scale;

/// <summary>The repositories with their pull requests, and the resources.</summary>
internal sealed class ScaleWorld(ScaleSize size, GitHubServer github, Stage stage)
{
    private const string Owner = "octo-org";
    private const string Token = "scale-token";
    private const string ShardLabel = "shard";
    private const int AtOnce = 8;

    // All resources with all their rows are read each time: more often, that would be most of the API server's work.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);

    /// <summary>Where the environments go.</summary>
    public static IEnumerable<string> Namespaces(ScaleSize size) => Enumerable.Range(0, size.Repositories).Select(NamespaceOf);

    /// <summary>Selects the resources of one of the shards.</summary>
    public static string Shard(int number) => string.Create(CultureInfo.InvariantCulture, $"{ShardLabel}=s{number}");

    /// <summary>Opens all pull requests. Nobody looks after them yet.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        github.AddToken(Token);
        await stage.CreateSecretAsync(Token, Token, cancellationToken);
        for (var i = 0; i < size.Repositories; i++)
        {
            github.CreateRepository(Owner, NameOf(i), isPrivate: true);
            github.Grant(Token, Owner, NameOf(i), AccessLevel.Push);
            for (var pr = 0; pr < size.PullRequests; pr++)
                github.OpenPullRequest(Owner, NameOf(i));
        }
    }

    /// <summary>Applies the resources of these repositories.</summary>
    public Task ApplyAsync(Range repositories, CancellationToken cancellationToken) =>
        ForEachAsync(
            repositories,
            (i, token) => new MeasuredResource(NameOf(i), Owner, Token, NamespaceOf(i))
            {
                Labels = $"{{{ShardLabel}: s{i % ScaleSize.Shards}}}",
            }.ApplyAsync(stage.Client, token),
            cancellationToken);

    /// <summary>Sets how often GitHub is asked.</summary>
    public Task SetIntervalAsync(Range repositories, string interval, CancellationToken cancellationToken) =>
        ForEachAsync(
            repositories,
            (i, token) => stage.Client.CustomObjects.PatchNamespacedCustomObjectAsync(
                new V1Patch($$$"""{"spec":{"interval":"{{{interval}}}"}}""", V1Patch.PatchType.MergePatch),
                PREphemeralEnvController.Group, PREphemeralEnvController.Version, "default", PREphemeralEnvController.Plural, NameOf(i),
                cancellationToken: token),
            cancellationToken);

    /// <summary>From now on changes of these repositories are delivered.</summary>
    public void AddWebhooks(Range repositories, int port)
    {
        foreach (var i in Numbers(repositories))
            github.AddWebhook(Owner, NameOf(i), new Uri($"http://127.0.0.1:{port}/webhooks/github"), Token);
    }

    /// <summary>The push with that number goes to another pull request of another repository than the one before.</summary>
    /// <returns>The new commit.</returns>
    public string Push(int push, int repositories) =>
        github.Push(Owner, NameOf(push % repositories), 1 + (push / repositories % size.PullRequests)).HeadSha;

    /// <summary>Waits until so many environments are ready and told of, and nothing is written any more.</summary>
    public async Task SettleAsync(int environments, CancellationToken cancellationToken)
    {
        while (await ReadyAsync(cancellationToken) < environments)
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        for (var before = -1L; ;)
        {
            var writes = await ApiServerWrites.CountAsync(stage.Client, cancellationToken);
            if (writes == before)
                return;
            before = writes;
            await Task.Delay(Calm, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<int> ReadyAsync(CancellationToken cancellationToken)
    {
        var list = (JsonElement)await stage.Client.CustomObjects.ListNamespacedCustomObjectAsync(
            PREphemeralEnvController.Group, PREphemeralEnvController.Version, "default", PREphemeralEnvController.Plural,
            cancellationToken: cancellationToken);
        return list.GetProperty("items").EnumerateArray().Sum(
            item => item.Deserialize(ResourceJson.Default.PREphemeralEnvController)!.Status?.EnvironmentsReady ?? 0);
    }

    private Task ForEachAsync(Range repositories, Func<int, CancellationToken, Task> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Numbers(repositories),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) => await act(i, token));

    private IEnumerable<int> Numbers(Range repositories)
    {
        var (offset, length) = repositories.GetOffsetAndLength(size.Repositories);
        return Enumerable.Range(offset, length);
    }

    private static string NameOf(int repository) => string.Create(CultureInfo.InvariantCulture, $"shop-{repository}");

    private static string NamespaceOf(int repository) => "envs-" + NameOf(repository);
}
