using System.Collections.Concurrent;
using System.Text;
using k8s;
using k8s.Models;
using PrEnv.Benchmarks.Load;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>
/// The repositories, their resources, and the people who open, push, close, merge and reopen, and change releases by hand.
/// </summary>
internal sealed class ChaosRepositories(GitHubServer github, Kubernetes client, Uri environments)
{
    public const string Owner = "octo-org";
    public const string Token = "chaos-token";

    private const int MostOpen = 6;

    // What differs between the resources: when an environment is ready, what is told, where it lives.
    private readonly (string Name, string More)[] _all =
    [
        ("probed", $"  envHealthCheckURLTemplate: {environments}envs-probed/pr/<<PR_NUMBER>>"),
        ("told", "  readyWhen: HelmReleaseReady\n  report: {comment: {enabled: true}, deployments: {enabled: true}}"),
        ("housed", "  readyWhen: HelmReleaseReady\n  namespace: {template: \"housed-pr<<PR_NUMBER>>\"}"),
        ("polled", "  readyWhen: HelmReleaseReady"),
    ];

    private readonly ConcurrentDictionary<(string Name, int Number), bool> _closed = new();

    public IEnumerable<string> Names => _all.Select(r => r.Name);

    /// <summary>Who has a webhook; one has none.</summary>
    public IEnumerable<string> Announced => Names.SkipLast(1);

    /// <summary>How often people did something.</summary>
    public int Done { get; private set; }

    public static string NamespaceOf(string name) => "envs-" + name;

    /// <summary>Was it ever closed?</summary>
    public bool WasClosed(string name, int number) => _closed.ContainsKey((name, number));

    public IReadOnlyList<GitHubPullRequest> Open(string name) => [.. All(name).Where(pr => pr.IsOpen)];

    public async Task CreateAsync(IReadOnlyList<Uri> hooks, CancellationToken cancellationToken)
    {
        github.AddToken(Token);
        await client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret
            {
                Metadata = new V1ObjectMeta { Name = Token },
                Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["token"] = Encoding.UTF8.GetBytes(Token) },
            },
            "default", cancellationToken: cancellationToken);
        foreach (var (name, more) in _all)
        {
            github.CreateRepository(Owner, name, isPrivate: true);
            github.Grant(Token, Owner, name, AccessLevel.Push);
            var body = new V1Namespace { Metadata = new V1ObjectMeta { Name = NamespaceOf(name) } };
            await client.CoreV1.CreateNamespaceAsync(body, cancellationToken: cancellationToken);
            await new MeasuredResource(name, Owner, Token, NamespaceOf(name)) { More = $"  interval: 10s\n{more}" }.ApplyAsync(
                client, cancellationToken);
        }

        foreach (var (name, hook) in Announced.Zip(hooks))
            github.AddWebhook(Owner, name, hook, Token);
    }

    /// <summary>Somebody does something.</summary>
    public async Task ActAsync(Random random, CancellationToken cancellationToken)
    {
        var name = Names.ElementAt(random.Next(_all.Length));
        var all = All(name);
        var open = all.Where(pr => pr.IsOpen).ToList();
        var closed = all.Where(pr => pr is { IsOpen: false, MergedAt: null }).ToList();
        var dice = random.Next(100);
        if (open.Count == 0 || (dice < 15 && open.Count < MostOpen))
            github.OpenPullRequest(Owner, name);
        else if (dice < 60)
            github.Push(Owner, name, Any(open));
        else if (dice < 72)
            Close(name, Any(open), (n, number) => github.Close(Owner, n, number));
        else if (dice < 82)
            Close(name, Any(open), (n, number) => github.Merge(Owner, n, number));
        else if (dice < 90 && closed.Count > 0 && open.Count < MostOpen)
            github.Reopen(Owner, name, Any(closed));
        else
            await MeddleAsync(name, Any(open), cancellationToken);
        Done++;

        int Any(List<GitHubPullRequest> some) => some[random.Next(some.Count)].Number;
    }

    private void Close(string name, int number, Func<string, int, GitHubPullRequest> close)
    {
        _closed[(name, number)] = true;
        close(name, number);
    }

    // By hand, as nobody should.
    private async Task MeddleAsync(string name, int number, CancellationToken cancellationToken)
    {
        try
        {
            await client.CustomObjects.PatchNamespacedCustomObjectAsync(
                new V1Patch("""{"spec":{"interval":"9m"}}""", V1Patch.PatchType.MergePatch), HelmRelease.Group, HelmRelease.Version,
                NamespaceOf(name), HelmRelease.Plural, ReleaseNaming.NameOf(number), cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or k8s.Autorest.HttpOperationException or IOException)
        {
            // There is none yet, or no API server.
        }
    }

    private IReadOnlyList<GitHubPullRequest> All(string name) => github.PullRequests(Owner, name);
}
