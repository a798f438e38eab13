using PrEnv.Core.Model;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Memory;

/// <summary>What is known of the commands of one resource's pull requests.</summary>
internal sealed class CommandMemory
{
    /// <summary>The listing for which comments were read last.</summary>
    public ListingMemory? ReadFor { get; set; }

    /// <summary>
    /// From when on comments are asked for; null: not yet. It moves only when there are new ones, so that the answer stays the same.
    /// </summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>What <see cref="Since"/> becomes once all of <see cref="New"/> was dealt with.</summary>
    public DateTimeOffset? Next { get; set; }

    /// <summary>By number of the comment: commands that were dealt with, and when they were written.</summary>
    public Dictionary<long, DateTimeOffset> Known { get; } = [];

    /// <summary>Read, and not claimed yet.</summary>
    public List<Command> New { get; } = [];

    /// <summary>Claimed, and not carried out yet.</summary>
    public List<Command> Pending { get; } = [];

    /// <summary>Carried out, or refused, and the author not told yet.</summary>
    public List<CommandAnswer> Unanswered { get; } = [];

    /// <summary>Why commands could not be read or claimed.</summary>
    public List<ReportFailure> Failures { get; } = [];

    /// <summary>Until when the rest has to wait; null: nothing waits.</summary>
    public DateTimeOffset? DeferredUntil { get; set; }

    /// <summary>A command is ours, or another instance's, or cannot be claimed.</summary>
    public void DealtWith(Command command)
    {
        Known[command.CommentId] = command.CreatedAt;
        New.Remove(command);
        if (New.Count == 0)
            AllDealtWith();
    }

    /// <summary>Nothing that was read is left to be claimed.</summary>
    public void AllDealtWith()
    {
        Since = Next ?? Since;
        Next = null;
    }

    /// <summary>The spec takes no commands.</summary>
    public void SwitchOff()
    {
        New.Clear();
        Failures.Clear();
        Pending.Clear();
        Unanswered.Clear();
        DeferredUntil = null;
    }

    /// <summary>Forgets the pull requests that are gone.</summary>
    public void Keep(IReadOnlySet<int> numbers)
    {
        New.RemoveAll(c => !numbers.Contains(c.PrNumber));
        Pending.RemoveAll(c => !numbers.Contains(c.PrNumber));
        Unanswered.RemoveAll(a => !numbers.Contains(a.Command.PrNumber));
    }
}
