using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments;

/// <summary>
/// The comment on a pull request, in GitHub's Markdown. Whatever others have written stands in code, where neither Markdown nor HTML nor
/// a mention has a meaning.
/// </summary>
internal static class CommentText
{
    private const int MaxMessage = 2000;

    /// <param name="resource">Whose comment it is: each resource has its own.</param>
    /// <param name="decision">What is said.</param>
    /// <param name="since">Since when it is so.</param>
    /// <param name="pending">What the head commit waits for, while an older one stays installed; null: nothing.</param>
    public static CommentReport Of(PREphemeralEnvController resource, EnvironmentDecision decision, DateTimeOffset since, string? pending)
    {
        var marker = $"<!-- prenv-controller {Hash(resource.Metadata.Uid)} -->";
        // What Flux is just doing changes every few seconds; only the end of it is worth an edit.
        var reason = decision.Phase == EnvironmentPhase.Deploying ? "" : decision.Reason;
        var key = Hash(string.Join('\n', decision.Phase, reason, decision.Sha, decision.Url, pending));
        return new CommentReport(key, marker, Body(resource, decision, since, pending, marker), MayCreate: decision.Phase != EnvironmentPhase.Deleting);
    }

    private static string Body(PREphemeralEnvController resource, EnvironmentDecision decision, DateTimeOffset since, string? pending, string marker)
    {
        var text = new StringBuilder(marker).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"### Environment {MarkdownText.Code(resource.Metadata.Name)}: {Headline(decision)}\n\n");
        if (decision.Sha is { } sha) text.Append(CultureInfo.InvariantCulture, $"- **Commit:** {MarkdownText.Code(Sha.Short(sha))}\n");
        if (MarkdownText.Link(decision.Url) is { } link) text.Append(CultureInfo.InvariantCulture, $"- **Link:** {link}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Since:** {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
        if (decision.Phase is EnvironmentPhase.Failed or EnvironmentPhase.Queued or EnvironmentPhase.Deleting)
            text.Append(CultureInfo.InvariantCulture, $"\n{MarkdownText.Block(Text.Excerpt(decision.Message, MaxMessage))}\n");
        if (pending is not null) text.Append(CultureInfo.InvariantCulture, $"\n{MarkdownText.Block(Text.Excerpt(pending, MaxMessage))}\n");
        return text.ToString();
    }

    private static string Headline(EnvironmentDecision decision) => decision.Phase switch
    {
        EnvironmentPhase.Ready => "ready",
        EnvironmentPhase.Failed => $"failed ({MarkdownText.Code(decision.Reason)})",
        EnvironmentPhase.Queued => "waiting",
        EnvironmentPhase.Deleting => "being removed",
        _ => "being deployed",
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
