using System.Text.Json.Nodes;

namespace PrEnv.Tests.GitHub.Support;

/// <summary>Webhook payloads that GitHub really sent, in a <c>shared</c> folder beside the repository that need not be there.</summary>
internal static class RealPayloads
{
    /// <summary>The pull requests of all <c>opened</c> deliveries; ignores the test when there are none.</summary>
    public static IReadOnlyList<JsonObject> OpenedPullRequests()
    {
        var folder = Find(Path.Combine("shared", "github", "webhooks"));
        var files = folder is null ? [] : Directory.GetFiles(folder, "pull_request.opened*.json").Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
            Assert.Ignore("missing: shared/github/webhooks/pull_request.opened*.json beside the repository");

        return [.. files.Select(file => JsonNode.Parse(File.ReadAllText(file))!["pull_request"]!.AsObject())];
    }

    /// <summary>Name and text of all deliveries whose names begin like one of these; ignores the test when there are none.</summary>
    public static IReadOnlyList<(string Name, string Json)> All(params IReadOnlyList<string> events)
    {
        var folder = Find(Path.Combine("shared", "github", "webhooks"));
        var files = folder is null
            ? []
            : events.SelectMany(e => Directory.GetFiles(folder, e + "*.json")).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
            Assert.Ignore("missing: shared/github/webhooks beside the repository");

        return [.. files.Select(file => (Path.GetFileName(file), File.ReadAllText(file)))];
    }

    private static string? Find(string folder)
    {
        for (var at = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "PrEnv.sln")))
            {
                var beside = Path.Combine(at.Parent?.FullName ?? at.FullName, folder);
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
