using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments;

/// <summary>
/// The comment on a pull request, in GitHub's Markdown. Text written by others is shown as code, where Markdown, HTML and mentions
/// have no effect.
/// </summary>
internal static class CommentText
{
    private const int MaxMessage = 2000;
    private const int HashLength = 16;
    private const string FailureSummary = "What went wrong";

    /// <param name="resource">Whose comment it is: each resource has its own.</param>
    /// <param name="decision">What the comment says.</param>
    /// <param name="since">Since when it is so.</param>
    /// <param name="waiting">The head commit, if it waits while an older commit stays installed; otherwise null.</param>
    /// <param name="created">When the environment was created; null if there is none, or it is not known.</param>
    /// <param name="commands">The commands that are carried out; empty if there are none.</param>
    public static CommentReport Of(
        PREphemeralEnvController resource, EnvironmentDecision decision, DateTimeOffset since, PinnedCommit? waiting,
        DateTimeOffset? created, ImmutableArray<string> commands)
    {
        var marker = $"<!-- prenv-controller {Fingerprint.Of(resource.Metadata.Uid, HashLength)} -->";
        var mayCreate = decision.Phase is not (EnvironmentPhase.Deleting or EnvironmentPhase.Expired);
        var text = new StringBuilder(marker).Append('\n');
        AddState(text, resource, decision, since, created);
        AddReasons(text, decision, waiting);
        if (!commands.IsEmpty && mayCreate)
            text.Append(CultureInfo.InvariantCulture, $"\n<sub>Commands: {string.Join(", ", commands.Select(c => $"`{c}`"))}</sub>\n");
        return new CommentReport(Key(decision, waiting), marker, text.ToString(), mayCreate);
    }

    // The key is stored in annotations: changing these words, which no one reads, would edit the comments of every cluster.
    private static string Key(EnvironmentDecision decision, PinnedCommit? waiting)
    {
        // Flux's progress changes every few seconds; only its outcome is worth an edit.
        var reason = decision.Phase == EnvironmentPhase.Deploying ? "" : decision.Reason;
        var pending = waiting switch
        {
            null => "",
            { Approval.Checks: { } wait } => string.Join('\n', [wait.Reason, waiting.Sha, .. wait.Verdict.Names]),
            _ => $"Comes from a fork: {Sha.Short(waiting.Sha)} has to be approved in a review by somebody with write permission.",
        };
        var place = decision.Place is { } position ? string.Create(CultureInfo.InvariantCulture, $"Place {position}") : "";
        return Fingerprint.Of(string.Join('\n', decision.Phase, reason, decision.Sha, decision.Url, pending + place), HashLength);
    }

    private static void AddState(
        StringBuilder text, PREphemeralEnvController resource, EnvironmentDecision decision, DateTimeOffset since, DateTimeOffset? created)
    {
        var (icon, headline) = Headline(decision);
        text.Append(CultureInfo.InvariantCulture, $"### {icon} Environment {MarkdownText.Code(resource.Metadata.Name)}: {headline}\n\n");
        if (MarkdownText.Link(decision.Url) is { } link)
            text.Append(CultureInfo.InvariantCulture, $"- **Link:** {link}\n");
        if (decision.Sha is { } sha)
            text.Append(CultureInfo.InvariantCulture, $"- **Commit:** {MarkdownText.Code(Sha.Short(sha))}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Since:** {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
        if (created is { } at)
            text.Append(CultureInfo.InvariantCulture, $"- **Created:** {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
    }

    private static void AddReasons(StringBuilder text, EnvironmentDecision decision, PinnedCommit? waiting)
    {
        if (decision.Phase == EnvironmentPhase.Failed)
        {
            // It may be long: Helm tells of every object.
            text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{FailureSummary}</summary>\n");
            AddBlock(text, decision.Message);
            text.Append("\n</details>\n");
        }
        else if (decision.Phase is EnvironmentPhase.Queued or EnvironmentPhase.Deleting or EnvironmentPhase.Expired
            or EnvironmentPhase.Asleep)
        {
            AddBlock(text, decision.Message);
        }

        if (waiting is not null)
            AddBlock(text, RowMessages.Waits(waiting.Sha, waiting.Approval));
    }

    private static void AddBlock(StringBuilder text, string message) =>
        text.Append(CultureInfo.InvariantCulture, $"\n{MarkdownText.Block(Text.Excerpt(message, MaxMessage))}\n");

    private static (string Icon, string Words) Headline(EnvironmentDecision decision) => decision.Phase switch
    {
        EnvironmentPhase.Ready => ("✅", "ready"),
        EnvironmentPhase.Failed => ("❌", $"failed ({MarkdownText.Code(decision.Reason)})"),
        EnvironmentPhase.Queued => ("⏸️", "waiting"),
        EnvironmentPhase.Deleting => ("🗑️", "being removed"),
        EnvironmentPhase.Expired => ("🗑️", "removed"),
        EnvironmentPhase.Asleep => ("💤", "asleep"),
        EnvironmentPhase.Deploying when decision.Reason == Reasons.EnvAwake => ("⏳", "waking up"),
        _ => ("⏳", "being deployed"),
    };
}

/// <summary>A head commit that waits while an older one stays installed.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Approval">Why it waits.</param>
internal sealed record PinnedCommit(string Sha, Approval Approval);
