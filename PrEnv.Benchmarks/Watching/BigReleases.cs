using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Watching;

/// <summary>
/// HelmReleases of 8 KiB as a cluster of some age has them: values, labels, the annotation of <c>kubectl apply</c>, conditions and a
/// history. The server adds its <c>managedFields</c>.
/// </summary>
internal static class BigReleases
{
    public const string Namespace = "envs";

    private const int Parallelism = 16;

    /// <summary>Creates that many, with a status.</summary>
    public static Task CreateAsync(RawKubernetes client, int count, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(1, count),
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        async (number, token) =>
        {
            var body = Encoding.UTF8.GetBytes(Body(number).ToJsonString());
            await client.SendAsync(
                ApiRequest.Post(ApiResource.HelmReleases.CollectionPath(Namespace), body), ApiJson.Default.JsonNode, token);
            var status = Encoding.UTF8.GetBytes(new JsonObject { ["status"] = Status(number) }.ToJsonString());
            await client.SendAsync(ApiRequest.MergePatch(Path(number) + "/status", status), ApiJson.Default.JsonNode, token);
        });

    /// <summary>Pushes another commit to one of them.</summary>
    public static Task TouchAsync(RawKubernetes client, int number, int commit, CancellationToken cancellationToken)
    {
        var sha = commit.ToString("x40", CultureInfo.InvariantCulture);
        var patch = new JsonObject { ["spec"] = new JsonObject { ["values"] = new JsonObject { ["prSHA"] = sha } } };
        return client.SendAsync(
            ApiRequest.MergePatch(Path(number), Encoding.UTF8.GetBytes(patch.ToJsonString())), ApiJson.Default.JsonNode, cancellationToken);
    }

    private static string Path(int number) => ApiResource.HelmReleases.ObjectPath(Namespace, $"relpr-{number}");

    private static JsonObject Body(int number)
    {
        var body = Bare(number);
        body["metadata"]!["annotations"]!["kubectl.kubernetes.io/last-applied-configuration"] = Bare(number).ToJsonString();
        return body;
    }

    private static JsonObject Bare(int number) => new()
    {
        ["apiVersion"] = ApiResource.HelmReleases.ApiVersion,
        ["kind"] = HelmRelease.Kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = $"relpr-{number}",
            ["labels"] = new JsonObject
            {
                [OwnerLabels.ManagedBy] = OwnerLabels.Manager,
                [OwnerLabels.Name] = "shop",
                [OwnerLabels.Namespace] = "default",
                [OwnerLabels.Uid] = "5b6f6f5e-27a5-4c5c-8d0a-5d40a4a4d6a1",
                [OwnerLabels.PrNumber] = $"{number}",
            },
            ["annotations"] = new JsonObject
            {
                [OwnerLabels.HeadShaAnnotation] = number.ToString("x40", CultureInfo.InvariantCulture),
            },
        },
        ["spec"] = new JsonObject
        {
            ["interval"] = "5m",
            ["releaseName"] = $"relpr-{number}",
            ["chart"] = new JsonObject
            {
                ["spec"] = new JsonObject
                {
                    ["chart"] = "charts/env",
                    ["version"] = "0.1.0",
                    ["sourceRef"] = new JsonObject { ["kind"] = "GitRepository", ["name"] = "infra", ["namespace"] = "flux-system" },
                },
            },
            ["values"] = Values(number),
        },
    };

    // 1.5 KiB, of which most is the same everywhere.
    private static JsonObject Values(int number)
    {
        var values = new JsonObject { ["prNumber"] = number, ["prSHA"] = number.ToString("x40", CultureInfo.InvariantCulture) };
        for (var i = 0; i < 13; i++)
        {
            values[$"component{i}"] = new JsonObject
            {
                ["enabled"] = true,
                ["replicas"] = i,
                ["image"] = $"example.invalid/shop/component{i}",
                ["host"] = $"component{i}.pr-{number}.example.invalid",
            };
        }

        return values;
    }

    private static JsonObject Status(int number)
    {
        var chart = new JsonObject { ["chartName"] = "env", ["chartVersion"] = "0.1.0", ["configDigest"] = $"sha256:{number:x64}" };
        return new JsonObject
        {
            ["observedGeneration"] = 1,
            ["conditions"] = new JsonArray(
                Condition("Ready", "InstallSucceeded", number), Condition("Released", "InstallSucceeded", number)),
            ["history"] = new JsonArray(
            [
                .. Enumerable.Range(1, 3).Select(version => new JsonObject
                {
                    ["chartName"] = "env",
                    ["chartVersion"] = "0.1.0",
                    ["configDigest"] = $"sha256:{number:x64}",
                    ["digest"] = $"sha256:{version:x64}",
                    ["firstDeployed"] = "2026-01-02T03:04:05Z",
                    ["lastDeployed"] = "2026-01-02T03:04:05Z",
                    ["deleted"] = "2026-01-02T03:04:05Z",
                    ["name"] = $"relpr-{number}",
                    ["namespace"] = Namespace,
                    ["status"] = "deployed",
                    ["version"] = version,
                }),
            ]),
            ["lastAttemptedConfigDigest"] = (string?)chart["configDigest"],
        };
    }

    private static JsonObject Condition(string type, string reason, int number) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["reason"] = reason,
        ["message"] = $"Helm install succeeded for release {Namespace}/relpr-{number}.v1 with chart env@0.1.0+{number:x12}",
        ["observedGeneration"] = 1,
        ["lastTransitionTime"] = "2026-01-02T03:04:05Z",
    };
}
