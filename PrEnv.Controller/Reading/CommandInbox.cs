using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Reading;

/// <summary>Reads the commands in comments, once for each listing. It does not claim them, because that is a write.</summary>
internal sealed class CommandInbox(ICommandSource source, TimeProvider time)
{
    // A command is meant for the time at which it is written. An older one was meant for another state: a controller that was down ignores
    // it.
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    /// <summary>
    /// Reads the comments unless they were already read for this listing. New commands are added to <see cref="CommandMemory.New"/>.
    /// </summary>
    public async Task ReadAsync(PullRequestListing.Complete listing, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var commands = memory.Commands;
        if (memory.Listing is not { Access: { } access } listed || ReferenceEquals(commands.ReadFor, listed))
            return;
        commands.ReadFor = listed;
        commands.Failures.Clear();
        commands.New.Clear();
        if (access.Credential.IsAnonymous)
            return;
        await ReadAsync(access, listing.PullRequests.Select(p => p.Number).ToHashSet(), commands, cancellationToken);
    }

    private async Task ReadAsync(
        RepositoryAccess access, HashSet<int> pullRequests, CommandMemory commands, CancellationToken cancellationToken)
    {
        var oldest = Timestamp.Truncate(time.GetUtcNow() - Validity);
        foreach (var past in commands.Known.Where(k => k.Value < oldest).ToList())
            commands.Known.Remove(past.Key);
        var since = commands.Since ??= oldest;
        var reading = await source.ReadAsync(access, new CommandQuery(since, oldest, pullRequests, commands.Known), cancellationToken);
        commands.Failures.AddRange(reading.Unclear.Select(u => Failure(u.Key, u.Value)));
        if (reading.Problem is { } problem)
        {
            commands.Failures.AddRange(pullRequests.Select(number => Failure(number, problem)));
            // Commands that were written during a long outage of GitHub are not carried out; they need not be read either.
            if (since < oldest)
                commands.Since = null;
            return;
        }

        foreach (var stranger in reading.Strangers)
            commands.Known[stranger.CommentId] = stranger.CreatedAt;
        commands.Next = reading.Next;
        commands.New.AddRange(reading.Commands);
        if (reading.Commands.IsEmpty)
            commands.AllDealtWith();
    }

    private static ReportFailure Failure(int number, string problem) => new(number, problem, Permanent: false, ReportKind.Reaction);
}
