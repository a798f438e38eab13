using System.Text.Json.Nodes;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Sandbox;

/// <summary>
/// GitHub's API description, and what the cut of it that lies beside the repository leaves out: the operations of
/// <c>openapi-comments.json</c>, taken from the same description (https://github.com/octokit/openapi).
/// </summary>
internal static class ContractDescription
{
    /// <summary>Both in one.</summary>
    public static async Task<string> ReadAsync(string description, CancellationToken cancellationToken)
    {
        var whole = JsonNode.Parse(await File.ReadAllTextAsync(description, cancellationToken))!;
        var more = JsonNode.Parse(RepositoryFiles.Text("PrEnv.Tests/Sandbox/openapi-comments.json"))!.AsObject();
        foreach (var (path, operations) in more)
            whole["paths"]!.AsObject().TryAdd(path, operations!.DeepClone());
        return whole.ToJsonString();
    }
}
