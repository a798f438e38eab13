using Microsoft.Extensions.Logging;

namespace PrEnv.Core.LeaderElection;

/// <summary>
/// Lets one of several candidates work at a time, by a Lease in the cluster. It guarantees that the leader's work has
/// ended, or is cancelled and its writes refused, before another candidate can become the leader.
/// </summary>
public sealed class LeaderElector : IWriteFence
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ILeadershipObserver _observer;
    private readonly LeaseTries _tries;
    private int _started;
    private volatile bool _isLeading;

    /// <summary>Creates a candidate; it does nothing before <see cref="RunAsync"/>.</summary>
    /// <param name="lease">The Lease.</param>
    /// <param name="options">Name and timing.</param>
    /// <param name="time">The clock; its monotonic part decides.</param>
    /// <param name="logger">For people.</param>
    /// <param name="observer">Default none.</param>
    /// <exception cref="ArgumentException">The options contradict each other; the message names the property.</exception>
    public LeaderElector(
        ILeaseLock lease, LeaderElectionOptions options, TimeProvider time, ILogger logger, ILeadershipObserver? observer = null)
    {
        foreach (var (property, problem) in options.Problems())
            throw new ArgumentException($"{property}: {problem}.", nameof(options));
        Options = options;
        _time = time;
        _logger = logger;
        _observer = observer ?? NullLeadershipObserver.Instance;
        Claim = new LeaseClaim(lease, options, time, logger, _observer);
        _tries = new LeaseTries(Claim, options, time, logger);
    }

    /// <inheritdoc/>
    public bool IsOpen => _isLeading && Claim.Sight.IsOurs && Claim.SinceRenewal < Options.RenewDeadline;

    internal LeaderElectionOptions Options { get; }

    internal LeaseClaim Claim { get; }

    /// <summary>
    /// Waits for the leadership, does the work while it has it, and releases it when the work is done. Can be called only once.
    /// </summary>
    /// <param name="work">
    /// The work. Its token is cancelled when the leadership is lost: it then has the time between renew deadline and end of the Lease to
    /// stop. The Lease is renewed until it completes, so on a graceful stop it may take as long as it needs.
    /// </param>
    /// <param name="stop">Ends the waiting. The work must observe it itself.</param>
    /// <exception cref="LeadershipLostException">It was lost while the work was in progress.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("A candidate can run only once.");
        try
        {
            if (await AcquireAsync(stop))
                await LeadAsync(work, stop);
        }
        finally
        {
            _isLeading = false;
            _observer.StoppedLeading();
        }
    }

    /// <summary>False when stopped before.</summary>
    private async Task<bool> AcquireAsync(CancellationToken stop)
    {
        Log.Standing(_logger, Options.Identity, Claim.Name);
        try
        {
            while (await _tries.AcquireOrRenewAsync(stop) is not true)
                await Task.Delay(NextCheck(), _time, stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The Lease may be ours without our knowledge.
            if (Claim.IsOutcomeUnknown)
                await _tries.ReleaseAsync();
            return false;
        }
    }

    private async Task LeadAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var lost = new CancellationTokenSource(UntilDeadline(), _time);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(lost.Token);
        _isLeading = true;
        Log.Acquired(_logger, Options.Identity, Claim.Name);
        _observer.StartedLeading();
        var working = Task.Run(() => work(lost.Token), CancellationToken.None);
        var renewing = RenewAsync(lost, done.Token);
        await Task.WhenAny(working, renewing);
        await done.CancelAsync();
        var reason = await renewing;
        _isLeading = false;
        if (lost.IsCancellationRequested)
        {
            await LoseAsync(working, reason, stop);
            return;
        }

        await _tries.ReleaseAsync();
        await working;
    }

    private async Task LoseAsync(Task working, string reason, CancellationToken stop)
    {
        Log.Lost(_logger, Options.Identity, Claim.Name, reason);
        var failure = await EndAsync(working);
        // A candidate that was about to stop anyway has lost nothing.
        if (!stop.IsCancellationRequested)
            throw new LeadershipLostException($"Lost Lease {Claim.Name}: {reason}.", failure);
    }

    /// <summary>Renews until asked to stop, or until it is pointless. Never throws; returns why the Lease is lost, if it is.</summary>
    private async Task<string> RenewAsync(CancellationTokenSource lost, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Options.RetryPeriod, _time, done);
                switch (await _tries.AcquireOrRenewAsync(done))
                {
                    case true:
                        lost.CancelAfter(UntilDeadline());
                        break;
                    case false:
                        await lost.CancelAsync();
                        return $"{Claim.Sight.Holder} holds it";
                }
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            return $"it could not be renewed within {Options.RenewDeadline.TotalSeconds:0.###} seconds";
        }
        catch (Exception fault)
        {
            // Renewals have stopped: the work must not outlive them.
            await lost.CancelAsync();
            return $"its renewal failed with {fault.GetType().Name}: {fault.Message}";
        }
    }

    /// <summary>Waits for the cancelled work, but not longer than the Lease is valid. Returns what it threw.</summary>
    private async Task<Exception?> EndAsync(Task working)
    {
        var left = Options.LeaseDuration - Claim.SinceRenewal;
        try
        {
            await working.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
            return null;
        }
        catch (TimeoutException) when (!working.IsCompleted)
        {
            Log.WorkGoesOn(_logger, Options.Identity, Claim.Name);
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private TimeSpan UntilDeadline()
    {
        var left = Options.RenewDeadline - Claim.SinceRenewal;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // Shorter than the retry period by the jitter, so that there is a check, including its request, in every period; and when another's
    // Lease expires, at that moment.
    private TimeSpan NextCheck()
    {
        const double Least = 1 / LeaderElectionOptions.JitterFactor;
        var pause = Options.RetryPeriod * Least * (Least + ((1 - Least) * Options.Random()));
        var left = Claim.Sight.TimeLeft;

        // Timers count whole milliseconds: round up, so that it is not too early.
        return left > TimeSpan.Zero && left < pause ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : pause;
    }
}
