using PrEnv.Core.LeaderElection;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.LeaderElection;

/// <summary>
/// A candidate on virtual time, with a Lease that the test commands, and work that goes on until the test or a lost lead ends it.
/// </summary>
internal sealed class ElectorHarness : ILeadershipObserver, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ElectorHarness(string identity = "me", FakeLease? lease = null, TestClock? clock = null)
    {
        Lease = lease ?? new FakeLease();
        Clock = clock ?? new TestClock();
        Elector = new LeaderElector(Lease.For(identity), Defaults(identity), Clock, Logger, this);
    }

    public TestClock Clock { get; }

    public FakeLease Lease { get; }

    public ListLogger Logger { get; } = new();

    public LeaderElector Elector { get; }

    /// <summary>What the observer was told.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Does the work take notice when the lead is lost?</summary>
    public bool Obeys { get; init; } = true;

    public Task? Run { get; private set; }

    /// <summary>The defaults, without chance.</summary>
    public static LeaderElectionOptions Defaults(string identity = "me") => new() { Identity = identity, Random = () => 1 };

    /// <summary>A record as a candidate writes it.</summary>
    public static LeaderRecord HeldBy(string holder, int transitions = 0, int seconds = 15) =>
        new(holder, TimeSpan.FromSeconds(seconds), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, transitions);

    public ElectorHarness Start()
    {
        Run = Task.Run(() => Elector.RunAsync(WorkAsync, _stop.Token));
        return this;
    }

    /// <summary>Starts, and waits until it works.</summary>
    public async Task<ElectorHarness> LeadAsync()
    {
        await Start().WorkingAsync();
        await PauseAsync(Elector.Options.RetryPeriod);
        return this;
    }

    public Task WorkingAsync() => _started.Task.Soon();

    /// <summary>Waits until the work was told that the lead is lost.</summary>
    public Task CancelledAsync() => _cancelled.Task.Soon();

    /// <summary>Waits until somebody waits for that long, give or take a millisecond, and returns how long it is.</summary>
    public Task<TimeSpan> PauseAsync(TimeSpan length) => PauseAsync(pause => (pause - length).Duration() < TimeSpan.FromMilliseconds(1));

    /// <summary>Waits until somebody makes such a pause, and returns its length. Others are time limits and deadlines.</summary>
    public async Task<TimeSpan> PauseAsync(Func<TimeSpan, bool> isMeant)
    {
        while (true)
        {
            var pause = await Clock.NextPauseAsync();
            if (isMeant(pause))
                return pause;
        }
    }

    /// <summary>One renewal: the pause before it, and the request.</summary>
    public async Task RenewAsync()
    {
        Clock.Advance(Elector.Options.RetryPeriod);
        await Lease.UntilAsync("update me");
    }

    /// <summary>The work is done.</summary>
    public void Finish() => _done.TrySetResult();

    /// <summary>The work fails.</summary>
    public void Fail(Exception failure) => _done.TrySetException(failure);

    /// <summary>A polite stop, of which the work takes its time to hear.</summary>
    public Task BeginStopAsync() => _stop.CancelAsync();

    /// <summary>A polite stop: the work ends.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        _done.TrySetResult();
        await Run!.Soon();
    }

    public void NewLeader(string identity) => Tell("new leader " + identity);

    public void StartedLeading() => Tell("started");

    public void StoppedLeading() => Tell("stopped");

    public void SlowPathTaken() => Tell("slow path");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _done.TrySetResult();
        if (Run is not null)
            await Run.ContinueWith(static _ => { }, TaskScheduler.Default).Soon();
        _stop.Dispose();
    }

    private async Task WorkAsync(CancellationToken lost)
    {
        _started.TrySetResult();
        // Not disposed of: it belongs to a token that ends with the run.
        _ = lost.Register(() => _cancelled.TrySetResult());
        await _done.Task.WaitAsync(Obeys ? lost : CancellationToken.None);
    }

    private void Tell(string what)
    {
        lock (Told)
            Told.Add(what);
    }
}
