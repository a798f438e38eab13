using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Planning;

/// <summary>Turns commands into effects, rebuilds and refusals.</summary>
internal sealed class CommandRules
{
    private readonly Snapshot _snapshot;
    private readonly EnvironmentSpec _spec;
    private readonly Dictionary<int, PullRequest> _listed;
    private readonly ImmutableArray<CommandAnswer>.Builder _answers = ImmutableArray.CreateBuilder<CommandAnswer>();
    private CommandEffects _effects;

    private CommandRules(Snapshot snapshot, EnvironmentSpec spec, PullRequestListing.Complete complete)
    {
        (_snapshot, _spec) = (snapshot, spec);
        _listed = complete.PullRequests.ToDictionary(p => p.Number);
        _effects = CommandEffects.Read(snapshot.Resource).For(complete.PullRequests);
    }

    /// <summary>
    /// The effects that hold from now on, and the outcome of each command that does not have to wait. Without GitHub's listing, nothing
    /// changes.
    /// </summary>
    public static (CommandEffects Effects, ImmutableArray<CommandAnswer> Answers) Handle(Snapshot snapshot, EnvironmentSpec spec)
    {
        if (snapshot.Listing is not PullRequestListing.Complete complete)
            return (CommandEffects.Read(snapshot.Resource), []);
        // While commands are switched off, even earlier ones have no effect.
        if (!spec.Commands)
            return (CommandEffects.None with { Expired = CommandEffects.Read(snapshot.Resource).For(complete.PullRequests).Expired }, []);
        var rules = new CommandRules(snapshot, spec, complete);
        foreach (var command in snapshot.Commands.OrderBy(c => c.CreatedAt).ThenBy(c => c.CommentId))
        {
            if (rules.MustWait(command))
                continue;
            var isCarriedOut = rules._listed.TryGetValue(command.PrNumber, out var pullRequest) && rules.Obeys(command, pullRequest);
            rules._answers.Add(new CommandAnswer(command, isCarriedOut));
        }

        return (rules._effects, rules._answers.ToImmutable());
    }

    /// <summary>The new commands on open pull requests, oldest first; none while commands are switched off.</summary>
    public static ImmutableArray<Command> Claims(Snapshot snapshot, EnvironmentSpec spec)
    {
        if (!spec.Commands || snapshot.NewCommands.IsEmpty || snapshot.Listing is not PullRequestListing.Complete complete)
            return [];
        var open = complete.PullRequests.Select(p => p.Number).ToHashSet();
        return [.. snapshot.NewCommands.Where(c => open.Contains(c.PrNumber)).OrderBy(c => c.CreatedAt).ThenBy(c => c.CommentId)];
    }

    // While an environment moves to another namespace, there is nothing that could be rebuilt, or record that something has happened.
    private bool MustWait(Command command) =>
        command.Verb is CommandVerb.Rebuild or CommandVerb.Sleep or CommandVerb.Wake or CommandVerb.Keep
        && _listed.ContainsKey(command.PrNumber)
        && _snapshot.Owned.Any(o => o.Number == command.PrNumber && o.Release.Metadata.Namespace != _spec.DestinationNamespace);

    private bool Obeys(Command command, PullRequest pullRequest) => command.Verb switch
    {
        CommandVerb.Delete => Delete(pullRequest),
        CommandVerb.Approve => Approve(command, pullRequest),
        CommandVerb.Sleep => Sleep(pullRequest),
        CommandVerb.Wake => Wake(pullRequest),
        CommandVerb.Keep => Keep(command, pullRequest),
        _ => Rebuild(pullRequest),
    };

    private bool Delete(PullRequest pullRequest)
    {
        _effects = _effects with { Deleted = _effects.Deleted.SetItem(pullRequest.Number, pullRequest.HeadSha) };
        return true;
    }

    // Rebuilding an environment that was deleted by a command, or has expired, restores it.
    private bool Rebuild(PullRequest pullRequest)
    {
        var wasDeleted = _effects.Deleted.ContainsKey(pullRequest.Number) || _effects.Expired.ContainsKey(pullRequest.Number);
        _effects = _effects with
        {
            Deleted = _effects.Deleted.Remove(pullRequest.Number),
            Expired = _effects.Expired.Remove(pullRequest.Number),
        };
        return wasDeleted || HasEnvironment(pullRequest.Number);
    }

    // The last command counts: one that is to sleep is not kept any longer.
    private bool Sleep(PullRequest pullRequest)
    {
        if (_spec.Sleep is not { } policy || policy.Keeps(pullRequest) == true || !HasEnvironment(pullRequest.Number))
            return false;
        _effects = _effects with
        {
            Asleep = _effects.Asleep.SetItem(pullRequest.Number, Timestamp.Format(_snapshot.Now)),
            Kept = _effects.Kept.Remove(pullRequest.Number),
        };
        return true;
    }

    // That it was carried out is activity, which wakes.
    private bool Wake(PullRequest pullRequest)
    {
        if (!_effects.Expired.ContainsKey(pullRequest.Number) && (_spec.Sleep is null || !HasEnvironment(pullRequest.Number)))
            return false;
        _effects = _effects with
        {
            Asleep = _effects.Asleep.Remove(pullRequest.Number),
            Expired = _effects.Expired.Remove(pullRequest.Number),
        };
        return true;
    }

    private bool Keep(Command command, PullRequest pullRequest)
    {
        if (_spec is { Sleep: null, Expiry: null } || command.Time is not { } time || time <= TimeSpan.Zero || time > Command.LongestTime)
            return false;
        if (!_effects.Expired.ContainsKey(pullRequest.Number) && !HasEnvironment(pullRequest.Number))
            return false;
        _effects = _effects with
        {
            Kept = _effects.Kept.SetItem(pullRequest.Number, Timestamp.Format(_snapshot.Now + time)),
            Asleep = _effects.Asleep.Remove(pullRequest.Number),
            Expired = _effects.Expired.Remove(pullRequest.Number),
        };
        return true;
    }

    private bool HasEnvironment(int number) => ReleaseOf(number) is { Metadata.DeletionTimestamp: null };

    // An approval that names no commit means the commit that its author saw. They may not have seen one that appeared
    // later or within the same second.
    private bool Approve(Command command, PullRequest pullRequest)
    {
        if (!Approval.IsNeeded(pullRequest, _spec))
            return false;
        var meansIt = command.Sha is { } sha
            ? pullRequest.HeadSha.StartsWith(sha, StringComparison.Ordinal)
            : _snapshot.HeadSeen.TryGetValue(pullRequest.Number, out var seen) && command.CreatedAt > Timestamp.Truncate(seen);
        if (meansIt)
            _effects = _effects with { Approved = _effects.Approved.SetItem(pullRequest.Number, pullRequest.HeadSha) };
        return meansIt;
    }

    private HelmRelease? ReleaseOf(int number) =>
        _snapshot.Owned.FirstOrDefault(o => o.Number == number && o.Release.Metadata.Namespace == _spec.DestinationNamespace).Release;
}
