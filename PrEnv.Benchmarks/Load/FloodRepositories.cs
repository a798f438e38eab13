using System.Diagnostics;
using System.Globalization;
using k8s;
using k8s.Models;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.Hooks;

namespace PrEnv.Benchmarks.Load;

/// <summary>
/// Five repositories with two open pull requests and a webhook each, and one beside them that has nothing to do with the flood.
/// </summary>
internal sealed class FloodRepositories(GitHubServer github, Stage stage)
{
    private const string Owner = "octo-org";
    private const string Token = "flood-token";
    private const string Bystander = "quiet";
    private const int PullRequests = 2;

    private static readonly string[] Flooded = ["shop-0", "shop-1", "shop-2", "shop-3", "shop-4"];

    private (Webhook Hook, byte[] Body) _last;
    private int _versions;

    /// <summary>Where the environments go.</summary>
    public static IEnumerable<string> Namespaces => Flooded.Append(Bystander).Select(NamespaceOf);

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        github.AddToken(Token);
        await stage.CreateSecretAsync(Token, Token, cancellationToken);
        foreach (var name in Flooded.Append(Bystander))
        {
            github.CreateRepository(Owner, name, isPrivate: true);
            github.Grant(Token, Owner, name);
            for (var i = 0; i < PullRequests; i++)
                github.OpenPullRequest(Owner, name);
            await stage.CreateSecretAsync(HookOf(name).SecretName, HookOf(name).Hook.Secret, cancellationToken);
            await new MeasuredResource(name, Owner, Token, NamespaceOf(name)) { WebhookSecret = HookOf(name).SecretName }.ApplyAsync(
                stage.Client, cancellationToken);
        }
    }

    /// <summary>Pushes to a pull request and announces it, every other time; else forges the announcement before.</summary>
    public HttpRequestMessage NextDelivery(int place)
    {
        if (place % 2 == 1)
            return WebhookSender.Request(_last.Hook with { Secret = "guessed" }, "pull_request", Guid.NewGuid(), _last.Body);
        var (name, number) = (Flooded[place / 2 % Flooded.Length], 1 + (place / 2 / Flooded.Length % PullRequests));
        _last = (HookOf(name).Hook, github.PushAndDescribe(Owner, name, number));
        return WebhookSender.Request(_last.Hook, "pull_request", Guid.NewGuid(), _last.Body);
    }

    /// <summary>Has every release the newest commit?</summary>
    public bool AreAllShownBy(ReleaseEye eye) => Flooded.Append(Bystander).All(name => Enumerable.Range(1, PullRequests).All(number =>
        eye.Sha(NamespaceOf(name), number) == github.FindPullRequest(Owner, name, number)!.HeadSha));

    /// <summary>How long it takes until another version of the chart is in the release of the resource beside.</summary>
    public async Task<TimeSpan> ChangeBystanderAsync(ReleaseEye eye, CancellationToken cancellationToken)
    {
        var version = string.Create(CultureInfo.InvariantCulture, $"0.2.{++_versions}");
        var start = Stopwatch.GetTimestamp();
        await stage.Client.CustomObjects.PatchNamespacedCustomObjectAsync(
            new V1Patch($$$$"""{"spec":{"envCreationHelmRepo":{"chartVersion":"{{{{version}}}}"}}}""", V1Patch.PatchType.MergePatch),
            PREphemeralEnvController.Group, PREphemeralEnvController.Version, "default", PREphemeralEnvController.Plural, Bystander,
            cancellationToken: cancellationToken);
        await eye.UntilAsync(() => eye.ChartVersion(NamespaceOf(Bystander), 1) == version, cancellationToken);
        return Stopwatch.GetElapsedTime(start);
    }

    private (string SecretName, Webhook Hook) HookOf(string name) =>
        ("hook-" + name, new Webhook(
            $"{Owner}/{name}", new Uri($"http://127.0.0.1:{stage.WebhookPort}/webhooks/github"), "s3cret-of-" + name));

    private static string NamespaceOf(string name) => "envs-" + name;
}
