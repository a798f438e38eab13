using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Reconcile;

/// <summary>
/// Claims commands, each once, over restarts and between several processes: a command is ours if our reaction is the first with this
/// credential. GitHub's answer tells a new reaction from a repeated one, so checking and claiming are one step.
/// </summary>
internal sealed class CommandClaims(ICommandSource source, TimeProvider time)
{
    private const string Claimed = "eyes";

    private const string Refused = "confused";

    private const string CarriedOut = "+1";

    /// <summary>
    /// Claims these commands. True when at least one is ours now: it is in <see cref="CommandMemory.Pending"/>, and a new plan is due.
    /// </summary>
    public async Task<bool> ClaimAsync(IReadOnlyList<Command> claims, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (claims.Count == 0 || memory.Listing?.Access is not { } access)
            return false;
        var commands = memory.Commands;
        var before = commands.Pending.Count;
        foreach (var command in claims)
        {
            if (!await ClaimAsync(access, command, memory, cancellationToken))
                return commands.Pending.Count > before;
            commands.DealtWith(command);
        }

        return commands.Pending.Count > before;
    }

    /// <summary>Tells the authors what came of their commands, once the plan was carried out.</summary>
    public async Task AnswerAsync(
        IEnumerable<CommandAnswer> answers, IReadOnlyCollection<ActionResult> results, ResourceMemory memory,
        CancellationToken cancellationToken)
    {
        var failed = results.Where(r => !r.Succeeded).Select(r => r.Action.PrNumber).ToHashSet();
        var commands = memory.Commands;
        foreach (var answer in answers.Where(a => !failed.Contains(a.Command.PrNumber) && commands.Pending.Remove(a.Command)))
            commands.Unanswered.Add(answer);
        if (memory.Listing?.Access is not { } access)
            return;
        foreach (var answer in commands.Unanswered.ToList())
        {
            var result = await source.ReactAsync(
                access, answer.Command.CommentId, answer.CarriedOut ? CarriedOut : Refused, cancellationToken);
            if (result is WriteResult<bool>.Deferred deferred)
            {
                commands.DeferredUntil = deferred.Until;
                return;
            }

            // Whatever came of it: the command is dealt with, and the comment or the pull request tells the rest.
            commands.Unanswered.Remove(answer);
        }
    }

    // False: not now.
    private async Task<bool> ClaimAsync(
        RepositoryAccess access, Command command, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var (commands, now) = (memory.Commands, time.GetUtcNow());
        if (memory.Refusals.Find(ReportKind.Reaction, command.PrNumber, null, null, access.Credential.Id, now) is { } denied)
        {
            commands.Failures.Add(denied);
            commands.New.Clear();
            return false;
        }

        switch (await source.ReactAsync(access, command.CommentId, Claimed, cancellationToken))
        {
            case WriteResult<bool>.Done { IsNew: true }:
                commands.Pending.Add(command);
                return true;
            case WriteResult<bool>.Done:
                return true;
            case WriteResult<bool>.Deferred deferred:
                commands.DeferredUntil = deferred.Until;
                return false;
            case WriteResult<bool>.Failed failed:
                var isRefused = failed.Why.IsPermanent();
                commands.Failures.Add(new ReportFailure(command.PrNumber, failed.Message, Permanent: isRefused, ReportKind.Reaction));
                if (failed.Why is WriteFailure.Forbidden or WriteFailure.ReadOnly)
                {
                    memory.Refusals.Deny(ReportKind.Reaction, access.Credential.Id, failed.Message, isRefused, now);
                    isRefused = false;
                }

                // The comments are read once more for the next listing.
                if (!isRefused)
                    commands.New.Clear();
                return isRefused;
            default:
                return false;
        }
    }
}
