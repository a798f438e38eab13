using PrEnv.Core.Plans;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Soak;

internal sealed partial class SoakWorld
{
    private LeaderEnd _end;
    private int? _endIn;
    private (PlannedAction? Action, Action Write, int In)? _underWay;
    private int _arrivesIn;
    private bool _isInTheCluster;
    private int _deliveries;

    // At which of its writes, reports among them or not, and after how many of the next leader's one that is late arrives.
    private void EndLeader(LeaderEnd end, int variant) =>
        (_end, _endIn, _arrivesIn, _isInTheCluster) = (end, 1 + (variant % 4 / 2), 1 + (variant / 2), variant % 2 == 0);

    private void Fence(PlannedAction? action, Action write)
    {
        if (_underWay is { } late)
        {
            _underWay = late with { In = late.In - 1 };
            if (late.In <= 1)
                Arrive();
        }

        if (_endIn is null || (_isInTheCluster && action is null) || --_endIn > 0)
            return;
        _endIn = null;
        if (_end == LeaderEnd.Late)
            _underWay = (action, write, _arrivesIn);
        Witness.Excuses++;
        TakeOver();
        _coverage.Add("fault " + _end switch
        {
            LeaderEnd.Killed => "killed",
            LeaderEnd.Fenced => "fenced",
            _ => "late",
        });
        throw new KilledException();
    }

    private void TakeOver()
    {
        _cache.Follow();
        Controller.ClockSteadySince = Story.Now;
    }

    // At the latest with the next step: no network keeps a request forever.
    private void ArriveLate()
    {
        if (_underWay is not null)
            Arrive();
        for (; _deliveries > 0; _deliveries--)
            Controller.Announce();
    }

    private void Arrive()
    {
        var (action, write, _) = _underWay!.Value;
        _underWay = null;
        // What it says may have been said by the new leader, or be said by it next.
        Witness.Excuses++;
        var before = Witness.Owned();
        write();
        Witness.Excuses++;
        if (Witness.Owned() > before)
            Witness.CameLate++;
        if (action is PlannedAction.Apply apply && Story.Cluster.Find(apply.Desired.Key)?.Spec == apply.Desired.Spec)
            Witness.Applied(apply);
        _coverage.Add($"late {action?.Verb ?? "report"}{(action?.IsOnNamespace == true ? "-namespace" : "")}");
    }

    private void Announce(bool comesAgain)
    {
        Controller.Announce();
        _deliveries += comesAgain ? 1 : 0;
    }
}
