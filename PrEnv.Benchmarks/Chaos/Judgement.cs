using System.Text.Json;
using k8s;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>What is not as the open pull requests ask for, once nothing goes wrong any more.</summary>
internal sealed class Judgement(Kubernetes client, GitHubServer github, ChaosRepositories repositories, EnvironmentRegistry environments)
{
    private const string Housing = "housed";

    /// <summary>All that is wrong now, as sentences.</summary>
    public async Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        foreach (var name in repositories.Names)
        {
            var open = repositories.Open(name);
            await LookAtReleasesAsync(name, open, wrong, cancellationToken);
            await LookAtResourceAsync(name, open, wrong, cancellationToken);
            LookAtGitHub(name, open, wrong);
            var installed = environments.Installed.Where(e => e.Key.Namespace == ChaosRepositories.NamespaceOf(name)).ToList();
            Compare(name, "installed environments", open, [.. installed.Select(e => (e.PrNumber ?? 0, e.PrSha ?? ""))], wrong);
        }

        await LookAtHousesAsync(wrong, cancellationToken);
        wrong.AddRange(environments.Leaks.Select(leak => $"{leak.Key} has leaked: {leak.Reason}"));
        return wrong;
    }

    private async Task LookAtReleasesAsync(
        string name, IReadOnlyList<GitHubPullRequest> open, List<string> wrong, CancellationToken cancellationToken)
    {
        var list = (JsonElement)await client.CustomObjects.ListNamespacedCustomObjectAsync(
            HelmRelease.Group, HelmRelease.Version, ChaosRepositories.NamespaceOf(name), HelmRelease.Plural,
            cancellationToken: cancellationToken);
        var found = list.GetProperty("items").EnumerateArray().Select(Found).ToList();
        Compare(name, "HelmReleases", open, found, wrong);

        static (int Number, string Sha) Found(JsonElement release) => (
            ReleaseNaming.PrNumberOf(release.GetProperty("metadata").GetProperty("name").GetString()!) ?? 0,
            release.GetProperty("metadata").TryGetProperty("deletionTimestamp", out _)
                ? "being deleted"
                : release.GetProperty("spec").GetProperty("values").GetProperty("prSHA").GetString()!);
    }

    private async Task LookAtResourceAsync(
        string name, IReadOnlyList<GitHubPullRequest> open, List<string> wrong, CancellationToken cancellationToken)
    {
        var read = (JsonElement)await client.CustomObjects.GetNamespacedCustomObjectAsync(
            PREphemeralEnvController.Group, PREphemeralEnvController.Version, "default", PREphemeralEnvController.Plural, name,
            cancellationToken);
        var status = read.Deserialize(ResourceJson.Default.PREphemeralEnvController)!.Status;
        if (status?.Conditions?.FirstOrDefault(c => c.Type == "Ready") is not { Status: "True" })
            wrong.Add($"{name}: the resource is not ready: {status?.Message}");
        var rows = (status?.Environments ?? []).ToList();
        Compare(name, "rows", open, [.. rows.Select(row => (row.PrNumber, row.HeadSha ?? ""))], wrong);
        wrong.AddRange(rows.Where(row => row.Phase != EnvironmentPhase.Ready)
            .Select(row => $"{name}: row {row.PrNumber} is {row.Phase}: {row.Message}"));
        if (status?.EnvironmentsReady != open.Count)
            wrong.Add($"{name}: {status?.EnvironmentsReady} of {open.Count} are counted as ready");
    }

    private void LookAtGitHub(string name, IReadOnlyList<GitHubPullRequest> open, List<string> wrong)
    {
        foreach (var pr in open)
        {
            var last = github.Statuses(ChaosRepositories.Owner, name, pr.HeadSha) is [.., var newest] ? newest : null;
            if (last?.State != "success")
                wrong.Add($"{name}: the commit status of {pr.Number} is {last?.State ?? "missing"}: {last?.Description}");
        }

        foreach (var pr in github.PullRequests(ChaosRepositories.Owner, name))
        {
            var comments = github.Comments(ChaosRepositories.Owner, name, pr.Number).Count;
            if (comments > 1)
                wrong.Add($"{name}: pull request {pr.Number} has {comments} comments");
        }
    }

    private async Task LookAtHousesAsync(List<string> wrong, CancellationToken cancellationToken)
    {
        var wanted = repositories.Open(Housing).Select(pr => $"{Housing}-pr{pr.Number}").Order(StringComparer.Ordinal).ToList();
        var all = await client.CoreV1.ListNamespaceAsync(cancellationToken: cancellationToken);
        var found = all.Items.Select(n => n.Metadata.Name)
            .Where(n => n.StartsWith(Housing + "-pr", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        if (!wanted.SequenceEqual(found, StringComparer.Ordinal))
            wrong.Add($"namespaces: {string.Join(", ", found)} instead of {string.Join(", ", wanted)}");
    }

    private static void Compare(
        string name, string what, IReadOnlyList<GitHubPullRequest> open, IReadOnlyList<(int Number, string Sha)> found, List<string> wrong)
    {
        var wanted = open.Select(pr => (pr.Number, Sha: pr.HeadSha)).ToHashSet();
        wrong.AddRange(wanted.Except(found).Select(pr => $"{name}: {what}: {pr.Number} at {pr.Sha} is missing"));
        wrong.AddRange(found.Except(wanted).Select(pr => $"{name}: {what}: {pr.Number} at {pr.Sha} is left over"));
    }
}
