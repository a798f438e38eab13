using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Reading;

/// <summary>
/// Takes commands on, each once, over restarts and between several processes: it is ours by the reaction that nobody with this credential
/// had given before. GitHub tells a new reaction from a repeated one in its answer, so that there is no moment between looking and taking.
/// </summary>
internal sealed class CommandReader(ICommandSource source, TimeProvider time)
{
    // A command is for now. What lies longer than this was meant for another state of things: a controller that was away does not obey it.
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    private const string TakenOn = "eyes";

    private const string Refused = "confused";

    private const string Obeyed = "+1";

    /// <summary>Reads the comments once for each listing. What is taken on goes to <see cref="CommandMemory.Pending"/>.</summary>
    public async Task ReadAsync(EnvironmentSpec spec, PullRequestListing listing, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var commands = memory.Commands;
        if (!spec.Commands)
        {
            commands.Failures.Clear();
            commands.Pending.Clear();
            commands.Unanswered.Clear();
            commands.DeferredUntil = null;
            return;
        }

        if (listing is not PullRequestListing.Complete complete || memory.Listing is not { Access: { } access } listed) return;
        var waits = commands.DeferredUntil is { } until && until <= time.GetUtcNow();
        if (ReferenceEquals(commands.ReadFor, listed) && !waits) return;
        (commands.ReadFor, commands.DeferredUntil) = (listed, null);
        commands.Failures.Clear();
        if (access.Credential.IsAnonymous || complete.PullRequests.IsEmpty) return;
        await ReadAsync(access, complete.PullRequests.Select(p => p.Number).ToHashSet(), memory, cancellationToken);
    }

    /// <summary>Tells the authors what came of their commands, once the plan was carried out.</summary>
    public async Task AnswerAsync(
        IEnumerable<CommandAnswer> answers, IReadOnlyCollection<ActionResult> results, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var failed = results.Where(r => !r.Succeeded).Select(r => r.Action.PrNumber).ToHashSet();
        var commands = memory.Commands;
        foreach (var answer in answers.Where(a => !failed.Contains(a.Command.PrNumber) && commands.Pending.Remove(a.Command))) commands.Unanswered.Add(answer);
        if (memory.Listing?.Access is not { } access) return;
        foreach (var answer in commands.Unanswered.ToList())
        {
            var result = await source.ReactAsync(access, answer.Command.CommentId, answer.Obeyed ? Obeyed : Refused, cancellationToken);
            if (result is WriteResult<bool>.Deferred deferred)
            {
                commands.DeferredUntil = deferred.Until;
                return;
            }

            // Whatever came of it: the command is dealt with, and the comment or the pull request tells the rest.
            commands.Unanswered.Remove(answer);
        }
    }

    private async Task ReadAsync(RepositoryAccess access, HashSet<int> pullRequests, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var commands = memory.Commands;
        var oldest = Timestamp.Truncate(time.GetUtcNow() - Validity);
        foreach (var past in commands.Known.Where(k => k.Value < oldest).ToList()) commands.Known.Remove(past.Key);
        var since = commands.Since ??= oldest;
        var reading = await source.ReadAsync(access, new CommandQuery(since, oldest, pullRequests, commands.Known), cancellationToken);
        commands.Failures.AddRange(reading.Unclear.Select(u => Failure(u.Key, u.Value)));
        if (reading.Problem is { } problem)
        {
            commands.Failures.AddRange(pullRequests.Select(number => Failure(number, problem)));
            // What was written while GitHub was away for long is not obeyed; it need not be read either.
            if (since < oldest) commands.Since = null;
            return;
        }

        foreach (var stranger in reading.Strangers) commands.Known[stranger.CommentId] = stranger.CreatedAt;
        foreach (var command in reading.Commands)
        {
            if (!await TakeOnAsync(access, command, commands, cancellationToken)) return;
            commands.Known[command.CommentId] = command.CreatedAt;
        }

        commands.Since = reading.Next;
    }

    private static ReportFailure Failure(int number, string problem) => new(number, problem, Permanent: false, ReportKind.Reaction);

    // False: not now.
    private async Task<bool> TakeOnAsync(RepositoryAccess access, Command command, CommandMemory commands, CancellationToken cancellationToken)
    {
        switch (await source.ReactAsync(access, command.CommentId, TakenOn, cancellationToken))
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
                commands.Failures.Add(new ReportFailure(command.PrNumber, failed.Message, Permanent: failed.Why.IsPermanent(), ReportKind.Reaction));
                return failed.Why.IsPermanent();
            default:
                return false;
        }
    }
}
