using System.Buffers;
using System.Text;
using System.Text.Json;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Controller.Reading;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Tests.Kubernetes;
using PrEnv.Tests.Planning;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Fuzz;

/// <summary>Objects of the cluster: whoever may write them may write anything that a definition lets through, and servers differ.</summary>
[TestFixture]
[Category("Fuzz")]
internal sealed class ClusterFuzzTests
{
    private static readonly string Release = JsonSerializer.Serialize(
        World.Probing.Own(22, World.A).Ready().PostedReady().Overridden(r => r.Set("interval", "1h")),
        ResourceJson.Default.HelmRelease);

    private static readonly string Resource = JsonSerializer.Serialize(
        World.Probing.Commandable().Deploying().Commenting().Row(22, "Ready", "EnvReady").Ordered(
            c => c with { Deleted = c.Deleted.SetItem(22, World.A) }).Resource,
        ResourceJson.Default.PREphemeralEnvController);

    private static readonly string Secret = JsonSerializer.Serialize(new
    {
        apiVersion = "v1",
        kind = "Secret",
        metadata = new { name = "tokensecret", @namespace = "default" },
        data = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token"] = Base64(Fuzzer.Secret),
            ["githubAppID"] = Base64("123"),
            ["githubAppInstallationID"] = Base64("456"),
            ["githubAppPrivateKey"] = Base64("-----BEGIN RSA PRIVATE KEY-----\n" + Fuzzer.Secret + "\n-----END RSA PRIVATE KEY-----\n"),
        },
    });

    [Test]
    public Task Release_OfAnyWatchEvent_IsDecodedOrReportedAndPlansWell() => Fuzzer.Run(Release, (json, random) =>
    {
        var log = new ListLogger();
        var decoder = new WatchLineDecoder<HelmRelease>(new ObjectDecoder<HelmRelease>(
            WatchedJson.Default.HelmRelease, Trimming.Trim, HelmRelease.Plural, log, ReleaseReader.Read));
        if (Decode(decoder, json, random) is { Object: { } release })
        {
            foreach (var world in (World[])[World.Plain, World.Fluxed, World.Probing, World.Probing.Commenting().Deploying()])
            {
                Plan(world.Open(22).Has(release).Snapshot());
                Plan(world.Has(release).Deleted().Snapshot());
            }
        }

        Fuzzer.AssertQuiet(log.Messages);
    });

    [Test]
    public Task Resource_OfAnyWatchEvent_IsDecodedOrReportedAndPlansWell() => Fuzzer.Run(Resource, (json, random) =>
    {
        var log = new ListLogger();
        var decoder = new WatchLineDecoder<PREphemeralEnvController>(new ObjectDecoder<PREphemeralEnvController>(
            WatchedJson.Default.PREphemeralEnvController, Trimming.Trim, PREphemeralEnvController.Plural, log));
        if (Decode(decoder, json, random) is not { Object: { } resource })
            return;
        var world = World.Probing.Open(22).Release(22);
        Plan(world.Snapshot() with { Resource = resource, Spec = SpecReader.Read(resource, world.Settings) });
    });

    [Test]
    [CancelAfter(3_600_000)]
    public async Task Secret_OfAnyAnswer_IsReadOrAProblem()
    {
        var answer = Array.Empty<byte>();
        await using var server = await FakeApiServer.StartAsync((context, _) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(answer).AsTask();
        });
        using var client = server.Client();
        var secrets = new SecretReader(client);
        var credentials = new CredentialReader(secrets);
        var spec = SpecReader.Read(World.Plain.Resource, World.Plain.Settings).Spec!;
        var byApp = spec with { Token = null, App = new ResourceKey("default", "tokensecret") };
        await Fuzzer.RunAsync(Secret, async (json, _) =>
        {
            answer = json;
            try
            {
                Fuzzer.AssertQuiet((await secrets.ReadAsync("default", "tokensecret", "token", CancellationToken.None)).Problem);
                Fuzzer.AssertQuiet((await credentials.ReadAsync(byApp, CancellationToken.None)).Problem);
            }
            catch (ApiStatusException e)
            {
                Fuzzer.AssertQuiet(e.Message, e.Status.Message);
            }
        });
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static WatchEvent<T>? Decode<T>(WatchLineDecoder<T> decoder, byte[] json, Random random)
        where T : class, IClusterObject
    {
        byte[] line = random.Next(3) == 0
            ? [.. "{\"object\":"u8, .. json, .. ",\"type\":\"ADDED\"}"u8]
            : [.. "{\"type\":\"MODIFIED\",\"object\":"u8, .. json, .. "}"u8];
        return decoder.Decode(new ReadOnlySequence<byte>(line));
    }

    private static void Plan(Snapshot snapshot)
    {
        EnvironmentReconciler.Questions(snapshot);
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var results = plan.Actions.Select(a => ActionResults.Of(a, null, null)).ToList();
        var status = Conclusion.Conclude(snapshot, plan, results, []).Status;
        JsonSerializer.Serialize(status, ResourceJson.Default.PREphemeralEnvControllerStatus);
    }
}
