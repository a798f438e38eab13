using System.Text.Json.Nodes;

namespace PrEnv.Tests.GitHub.Support;

/// <summary>Pull requests as GitHub sends them, cut to the fields that matter.</summary>
internal static class PullRequestBody
{
    public const string Sha = "0123456789abcdef0123456789abcdef01234567";

    public static JsonObject Of(int number, Action<JsonObject>? change = null)
    {
        var body = new JsonObject
        {
            ["id"] = 9_000_000_000L + number,
            ["number"] = number,
            ["state"] = "open",
            ["title"] = $"Change {number}",
            ["draft"] = false,
            ["labels"] = new JsonArray(new JsonObject { ["name"] = "preview" }),
            ["html_url"] = $"https://github.example/acme/shop/pull/{number}",
            ["created_at"] = "2025-12-31T23:59:58Z",
            ["updated_at"] = "2026-01-01T00:00:00Z",
            ["user"] = new JsonObject { ["login"] = "octocat", ["id"] = 5_000_000_000L },
            ["head"] = Branch($"feature-{number}", 1),
            ["base"] = Branch("main", 1),
        };
        change?.Invoke(body);
        return body;
    }

    public static string Page(params IEnumerable<int> numbers) => Array(numbers.Select(number => Of(number)));

    public static string Array(params IEnumerable<JsonObject?> items) => new JsonArray([.. items]).ToJsonString();

    private static JsonObject Branch(string name, long repository) => new()
    {
        ["ref"] = name,
        ["sha"] = Sha,
        ["repo"] = new JsonObject { ["id"] = repository, ["full_name"] = "acme/shop" },
    };
}
