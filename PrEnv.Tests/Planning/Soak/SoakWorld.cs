using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Soak;

/// <summary>
/// The world of the stories, in which a life's steps happen. The planner, its questions, the judgement of results and the conclusion are
/// the product's own, and so are all records; cluster, GitHub, Flux and the loop around are simulated in memory. The benchmark of the
/// quota runs the product's gatherer and GitHub client as well, but over HTTP: that is too slow for a million steps.
/// </summary>
internal sealed partial class SoakWorld
{
    private readonly SoakLife _life;
    private readonly Coverage _coverage;
    private readonly LaggingCache _cache;
    private readonly Queue<(int Code, bool Done)> _faults = new();
    private long _lastCommand;

    public SoakWorld(SoakLife life, Coverage coverage)
    {
        (_life, _coverage) = (life, coverage);
        Story.Flux.RetryTime = TimeSpan.FromMinutes(1);
        _cache = new LaggingCache(Story.Cluster);
        Controller = Story.Add(life.World(), cache: () => _cache.Releases);
        Witness = new Witness(life, Story, Controller, coverage);
        Controller.Planned = Witness.Planned;
        Controller.Did = result =>
        {
            _cache.Wrote(result.Action.Release);
            Witness.Did(result);
        };
        Controller.Fence = Fence;
        Controller.Fault = Fault;
        Story.GitHub.Taken = Witness.Told;
    }

    public Story Story { get; } = new();

    private FakeController Controller { get; }

    private Witness Witness { get; }

    private FakeGitHub GitHub => Story.GitHub;

    /// <summary>Lets it live to the end; throws when a law is broken.</summary>
    public void Live()
    {
        foreach (var step in _life.Steps)
        {
            Story.Say(step.ToString());
            ArriveLate();
            if (Happens(step))
                _coverage.Add("act " + step.Act);
            Story.Run(TimeSpan.FromSeconds(step.Seconds));
            Witness.Look();
        }

        End();
    }

    private (ApiStatus Failure, bool Done)? Fault(PlannedAction action)
    {
        if (action is PlannedAction.Delete { Unsuspend: false } delete && Story.Cluster.Find(delete.Uid)?.Spec.Suspend == true)
            _coverage.Add("fault suspended-unseen");
        if (!_faults.TryDequeue(out var fault))
            return null;
        _coverage.Add($"fault write-{fault.Code}{(fault.Done ? "-done" : "")}");
        return (new ApiStatus(fault.Code, "Fault", "as it was simulated"), fault.Done);
    }

    // False when there is nothing that it could happen to.
    private bool Happens(SoakStep step) => OnGitHub(step) ?? InTheCluster(step) ?? ToTheController(step);

    private bool? OnGitHub(SoakStep step)
    {
        var (number, variant) = (step.Number, step.Variant);
        return step.Act switch
        {
            SoakAct.Open or SoakAct.Reopen => !IsOpen(number) && Do(() => Open(number, variant)),
            SoakAct.Push => IsOpen(number) && Do(() => GitHub.Push(number, Commit(variant, number))),
            SoakAct.Close => IsOpen(number) && Do(() => GitHub.Close(number)),
            SoakAct.Share => IsOpen(number) && IsOpen(1 + (variant % 4)) && Do(() => GitHub.Push(number, Head(1 + (variant % 4)))),
            SoakAct.Label => IsOpen(number) && Do(() => GitHub.Change(number, p => p with { Labels = Labels(variant) })),
            SoakAct.Draft => IsOpen(number) && Do(() => GitHub.Change(number, p => p with { IsDraft = variant % 2 == 0 })),
            SoakAct.Check => IsOpen(number) && Do(() => GitHub.Checks.Add((Head(number), "build", (CheckState)(variant % 4)))),
            SoakAct.Review => IsOpen(number)
                && Do(() => GitHub.Review(number, Head(number), variant == 0 ? ReviewVerdict.ChangesRequested : ReviewVerdict.Approved)),
            SoakAct.Command => IsOpen(number) && Do(() => GitHub.Commands.Add(Command(number, variant))),
            SoakAct.Webhook => Do(Controller.Announce),
            SoakAct.WebhookTwice => Do(() => Announce(comesAgain: true)),
            SoakAct.WebhookLate => Do(() => _deliveries++),
            SoakAct.LeaveOut => IsOpen(number) && GitHub.LeftOut.Add(number),
            SoakAct.ListingLags => GitHub.Lag is null && Do(() => GitHub.Lag = GitHub.PullRequests),
            SoakAct.ListingIsCurrent => GitHub.Lag is not null && Do(() => GitHub.Lag = null),
            SoakAct.GitHubAway => Do(
                () => GitHub.Away = new PullRequestListing.Unavailable((UnavailableReason)(variant % Reasons), "away")),
            SoakAct.GitHubBack => GitHub.Away is not null && Do(() => GitHub.Away = null),
            SoakAct.ClosedShownAsOpen => Do(() => GitHub.Lies[number] = PullRequestState.Open),
            SoakAct.ClosedShownAsUnknown => Do(
                () => GitHub.Lies[number] = variant < 4 ? PullRequestState.Unknown : PullRequestState.Hidden),
            SoakAct.StatusAnswerLost => Do(() => GitHub.LostAnswers = 1 + (variant % 2)),
            _ => null,
        };
    }

    private bool? InTheCluster(SoakStep step)
    {
        var (number, variant) = (step.Number, step.Variant);
        return step.Act switch
        {
            SoakAct.WriteFails => Do(() => Fail(variant, 500, done: false)),
            SoakAct.WriteAnswerLost => Do(() => Fail(variant, 504, done: true)),
            SoakAct.WriteConflicts => Do(() => Fail(variant, 409, done: false)),
            SoakAct.CacheLags => Do(_cache.Lag),
            SoakAct.CacheIsCurrent => Do(_cache.Follow),
            SoakAct.Down => Story.Down.Add(number),
            SoakAct.Up => Story.Down.Remove(number),
            SoakAct.ChartBreaks => Story.Flux.Broken.Add(Commit(variant, number)),
            SoakAct.ChartIsMended => Story.Flux.Broken.Count > 0 && Do(Story.Flux.Broken.Clear),
            SoakAct.FluxSilent => Do(() => Story.Flux.IsSilent = true),
            SoakAct.FluxWorks => Story.Flux.IsSilent && Do(() => Story.Flux.IsSilent = false),
            SoakAct.FluxRollsBack => Do(() => Story.Flux.RollsBack ^= true),
            SoakAct.HandEdit => Hand(number, r => variant < 4 ? r.Set("interval", "1h") : r.Values("""{"replicas":2}""")),
            SoakAct.HandSuspend => Hand(number, r => r.Suspended()),
            SoakAct.HandUnlabel => Hand(number, r => r.Meta(m => m with { Labels = null })),
            SoakAct.HandDelete => Remove(number),
            SoakAct.Foreign => AddForeign(number),
            SoakAct.ForeignGoes => Do(Witness.RemoveForeign),
            SoakAct.Policy => Do(() => Story.Cluster.Admission = r => r.Set("interval", "9m")),
            SoakAct.PolicyEnds => Do(() => Story.Cluster.Admission = r => r),
            _ => null,
        };
    }

    private bool ToTheController(SoakStep step)
    {
        var variant = step.Variant;
        return step.Act switch
        {
            SoakAct.Wait => true,
            SoakAct.Pause => Do(() => Story.Pass(TimeSpan.FromMinutes(Pauses[variant % Pauses.Length]))),
            SoakAct.ClockJump => Do(() => Jump(variant)),
            SoakAct.Restart => Do(Restart),
            SoakAct.Killed => Do(() => EndLeader(LeaderEnd.Killed, variant)),
            SoakAct.LeaderFenced => Do(() => EndLeader(LeaderEnd.Fenced, variant)),
            SoakAct.LeaderLate => Do(() => EndLeader(LeaderEnd.Late, variant)),
            SoakAct.DiesAfterPosting => Do(() => Controller.DiesAfterPosting ^= true),
            SoakAct.EditDestination => Do(() => Helm(h => h with { DestinationNamespace = variant % 2 == 0 ? "envs" : "previews" })),
            SoakAct.EditChart => Do(() => Helm(h => h with { ChartVersion = variant % 2 == 0 ? "0.1.0" : "0.2.0" })),
            SoakAct.EditLimit => _life.IsLimited && Do(() => Limit(1 + (variant % 3))),
            SoakAct.Suspend => Do(() => Controller.Edit(s => s with { Suspend = true })),
            SoakAct.Unsuspend => Do(() => Controller.Edit(s => s with { Suspend = false })),
            SoakAct.EditInvalid => Do(() => Controller.Edit(s => s with { Interval = "often" })),
            SoakAct.EditValid => Do(() => Controller.Edit(s => s with { Interval = "60s" })),
            _ => throw new InvalidOperationException(step.ToString()),
        };
    }

    private static bool Do(Action what)
    {
        what();
        return true;
    }
}
