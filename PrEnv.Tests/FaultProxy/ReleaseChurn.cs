using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Resources;
using PrEnv.Tests.Kubernetes;

namespace PrEnv.Tests.FaultProxy;

/// <summary>Creates, changes and deletes HelmReleases in a namespace, past every proxy. A seed chooses what comes next.</summary>
internal sealed class ReleaseChurn(ClusterClient client, int seed)
{
    private const int Writers = 3;

    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, string> _uids = new(StringComparer.Ordinal);
    private int _names;
    private int _changes;

    /// <summary>UIDs of all that has been deleted.</summary>
    public ConcurrentBag<string> Deleted { get; } = [];

    public int Changes => _changes;

    public Task CreateAsync(int count, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = 4 * Writers, CancellationToken = cancellationToken },
        async (_, token) => await CreateAsync($"relpr-{Interlocked.Increment(ref _names)}", token));

    public async Task CreateAsync(string name, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = ApiResource.HelmReleases.ApiVersion,
            ["kind"] = HelmRelease.Kind,
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["app"] = name } },
            ["spec"] = new JsonObject
            {
                ["interval"] = "5m",
                ["chartRef"] = new JsonObject { ["kind"] = "OCIRepository", ["name"] = "source" },
                ["values"] = new JsonObject { ["prNumber"] = 1, ["prSHA"] = new string('a', 40) },
            },
        };
        _uids[name] = await SendAsync(
            ApiRequest.Post(ApiResource.HelmReleases.CollectionPath(client.Namespace), Encoding.UTF8.GetBytes(body.ToJsonString())),
            cancellationToken);
    }

    public async Task RunUntilAsync(Func<bool> isOver, CancellationToken cancellationToken)
    {
        while (!isOver())
        {
            // One name once in a round: two writers never fight over one.
            var names = _uids.Keys.Order(StringComparer.Ordinal).ToArray();
            var picks = Enumerable.Range(0, 2 * Writers).Select(_ => (Name: names[_random.Next(names.Length)], Deed: _random.Next(6)))
                .DistinctBy(p => p.Name, StringComparer.Ordinal);
            await Parallel.ForEachAsync(
                picks,
                new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
                async (pick, token) => await ChangeAsync(pick.Name, pick.Deed, token));
        }
    }

    private async Task ChangeAsync(string name, int deed, CancellationToken cancellationToken)
    {
        var change = Interlocked.Increment(ref _changes);
        var path = ApiResource.HelmReleases.ObjectPath(client.Namespace, name);
        if (deed > 1)
        {
            var patch = $$$$"""{"spec":{"values":{"prNumber":{{{{change}}}}}},"metadata":{"labels":{"app":"{{{{change}}}}"}}}""";
            await SendAsync(ApiRequest.MergePatch(path, Encoding.UTF8.GetBytes(patch)), cancellationToken);
            return;
        }

        await SendAsync(ApiRequest.Delete(path, Encoding.UTF8.GetBytes("{}")), cancellationToken);
        Deleted.Add(_uids[name]);
        _uids.TryRemove(name, out _);

        // Under its old name or under a new one: both look alike from afar.
        await CreateAsync(deed == 0 ? name : $"relpr-{Interlocked.Increment(ref _names)}", cancellationToken);
    }

    private async Task<string> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var reply = await client.Raw.SendAsync(request, ApiJson.Default.JsonNode, cancellationToken);
        return (string?)reply.Value["metadata"]?["uid"] ?? "";
    }
}
