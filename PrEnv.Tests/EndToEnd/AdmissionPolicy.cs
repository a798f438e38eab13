using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Tests.EndToEnd;

/// <summary>
/// A mutating admission webhook on the API server: it changes every HelmRelease, and every resource of the controller, that is written in
/// one namespace.
/// </summary>
internal sealed class AdmissionPolicy : IAsyncDisposable
{
    // https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
    private const string Host = "localhost";
    private const string Label = "prenv.test/policy";

    private static readonly string[] Parts = ["metadata", "spec"];

    private readonly k8s.Kubernetes _client;
    private readonly PrivateAuthority _authority = new();
    private readonly string _name;
    private LoopbackHost? _host;

    private AdmissionPolicy(k8s.Kubernetes client, string name) => (_client, _name) = (client, name);

    /// <summary>Who wrote what: the field manager, or the account's name, and the name of the object.</summary>
    public ConcurrentQueue<(string Manager, string Name)> Writes { get; } = new();

    /// <summary>Makes it, and waits until the API server obeys it.</summary>
    /// <param name="client">With every right.</param>
    /// <param name="namespace">Where it applies.</param>
    /// <param name="change">Changes an object.</param>
    public static async Task<AdmissionPolicy> StartAsync(k8s.Kubernetes client, string @namespace, Action<JsonObject> change)
    {
        var policy = new AdmissionPolicy(client, $"prenv-{@namespace}");
        policy._host = await LoopbackHost.StartAsync(
            0, app => app.Run(context => policy.AnswerAsync(context, change)), CancellationToken.None, policy._authority.Issue(Host));
        await client.CoreV1.PatchNamespaceAsync(
            new V1Patch(
                $$$""" {"metadata": {"labels": {"{{{Label}}}": "{{{@namespace}}}"} } } """, V1Patch.PatchType.MergePatch), @namespace);
        await client.AdmissionregistrationV1.CreateMutatingWebhookConfigurationAsync(policy.Configuration(@namespace));
        await policy.UntilObeyedAsync(@namespace);
        return policy;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.AdmissionregistrationV1.DeleteMutatingWebhookConfigurationAsync(_name);
        await _host!.DisposeAsync();
        _authority.Dispose();
    }

    private V1MutatingWebhookConfiguration Configuration(string @namespace) => new()
    {
        Metadata = new V1ObjectMeta { Name = _name },
        Webhooks =
        [
            new V1MutatingWebhook
            {
                Name = "policy.prenv.test",
                AdmissionReviewVersions = ["v1"],
                SideEffects = "None",
                FailurePolicy = "Fail",
                ClientConfig = new Admissionregistrationv1WebhookClientConfig
                {
                    Url = $"https://{Host}:{_host!.BaseUrl.Port}/",
                    CaBundle = System.Text.Encoding.ASCII.GetBytes(_authority.Pem),
                },
                NamespaceSelector = new V1LabelSelector
                {
                    MatchLabels = new Dictionary<string, string>(StringComparer.Ordinal) { [Label] = @namespace },
                },
                Rules =
                [
                    new V1RuleWithOperations
                    {
                        ApiGroups = [HelmRelease.Group, PREphemeralEnvController.Group],
                        ApiVersions = ["*"],
                        Operations = ["CREATE", "UPDATE"],
                        Resources = [HelmRelease.Plural, PREphemeralEnvController.Plural],
                    },
                ],
            },
        ],
    };

    // The API server takes a moment to learn of it.
    private async Task UntilObeyedAsync(string @namespace)
    {
        using var patience = new CancellationTokenSource(EndToEndWorld.Patience);
        while (Writes.IsEmpty)
        {
            try
            {
                await _client.CustomObjects.CreateNamespacedCustomObjectAsync(
                    JsonNode.Parse($$"""
                    {
                      "apiVersion": "{{HelmRelease.Group}}/{{HelmRelease.Version}}",
                      "kind": "HelmRelease",
                      "metadata": { "name": "canary" },
                      "spec": { "interval": "5m", "chartRef": { "kind": "OCIRepository", "name": "none" } }
                    }
                    """), HelmRelease.Group, HelmRelease.Version, @namespace, HelmRelease.Plural, dryRun: "All",
                    cancellationToken: patience.Token);
            }
            catch (k8s.Autorest.HttpOperationException)
            {
                // Not reachable yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }

        Writes.Clear();
    }

    private async Task AnswerAsync(HttpContext context, Action<JsonObject> change)
    {
        var review = (await JsonNode.ParseAsync(context.Request.Body))!;
        var request = review["request"]!;
        var item = request["object"]!.DeepClone().AsObject();
        var manager = request["options"]?["fieldManager"]?.GetValue<string>() ?? request["userInfo"]!["username"]!.GetValue<string>();
        Writes.Enqueue((manager, request["object"]!["metadata"]!["name"]!.GetValue<string>()));
        change(item);
        JsonArray patch =
        [
            .. Parts.Select(
                part => new JsonObject { ["op"] = "add", ["path"] = "/" + part, ["value"] = item[part]!.DeepClone() }),
        ];
        var answer = new JsonObject
        {
            ["apiVersion"] = "admission.k8s.io/v1",
            ["kind"] = "AdmissionReview",
            ["response"] = new JsonObject
            {
                ["uid"] = request["uid"]!.DeepClone(),
                ["allowed"] = true,
                ["patchType"] = "JSONPatch",
                ["patch"] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(patch)),
            },
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }
}
