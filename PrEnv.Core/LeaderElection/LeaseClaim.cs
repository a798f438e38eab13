using Microsoft.Extensions.Logging;
using PrEnv.Core.Objects;

namespace PrEnv.Core.LeaderElection;

/// <summary>One candidate's attempts to hold the Lease, one after the other.</summary>
internal sealed class LeaseClaim(
    ILeaseLock lease, LeaderElectionOptions options, TimeProvider time, ILogger logger, ILeadershipObserver observer)
{
    private long _renewedAt;

    public string Name => lease.Name;

    public LeaseSight Sight { get; } = new(options, time);

    /// <summary>True when a write was started whose outcome is unknown.</summary>
    public bool IsOutcomeUnknown { get; private set; }

    /// <summary>Time since the request of our last successful write was started: others can only have seen it later.</summary>
    public TimeSpan SinceRenewal => time.GetElapsedTime(Volatile.Read(ref _renewedAt));

    /// <summary>Tries once to acquire or renew the Lease. False when another holds it.</summary>
    /// <exception cref="ApiStatusException">The Lease could not be read or written.</exception>
    public async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        if (Sight is { IsOurs: true, TimeLeft.Ticks: > 0 } && await TryFastAsync(cancellationToken))
            return true;
        if (await lease.GetAsync(cancellationToken) is not { } found)
        {
            await WriteAsync(lease.CreateAsync, Record(since: null, transitions: 0), cancellationToken);
            return true;
        }

        See(found);
        if (!Sight.IsOurs && Sight.TimeLeft > TimeSpan.Zero)
            return false;
        var record = Sight.IsOurs
            ? Record(found.AcquireTime, found.LeaderTransitions)
            : Record(since: null, found.LeaderTransitions + 1);
        await WriteAsync(lease.UpdateAsync, record, cancellationToken);
        return true;
    }

    /// <summary>Releases the Lease, if it is ours.</summary>
    /// <returns>False when it was not ours.</returns>
    /// <exception cref="ApiStatusException">It could not be read or written.</exception>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Always read first: a cancelled renewal may have reached the server, and a Lease that is not ours must not be released.
            if (await lease.GetAsync(cancellationToken) is not { } found)
                return false;
            See(found);
            if (!Sight.IsOurs)
                return false;
            var now = time.GetUtcNow();
            var released = new LeaderRecord("", TimeSpan.FromSeconds(1), now, now, found.LeaderTransitions);
            try
            {
                await lease.UpdateAsync(released, cancellationToken);
                See(released);
                return true;
            }
            catch (ApiStatusException conflict) when (conflict.Status.IsConflict)
            {
                // The Lease was changed between the two requests, perhaps its labels.
            }
        }
    }

    // If the Lease has not been changed, one request is enough to renew it.
    private async Task<bool> TryFastAsync(CancellationToken cancellationToken)
    {
        var old = Sight.Record;
        try
        {
            await WriteAsync(lease.UpdateAsync, Record(old.AcquireTime, old.LeaderTransitions), cancellationToken);
            return true;
        }
        catch (ApiStatusException failure)
        {
            Log.SlowPath(logger, options.Identity, Name, failure.Status.Code, failure.Status.Message);
            observer.SlowPathTaken();
            return false;
        }
    }

    private async Task WriteAsync(
        Func<LeaderRecord, CancellationToken, Task> write, LeaderRecord record, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        IsOutcomeUnknown = true;
        try
        {
            await write(record, cancellationToken);
        }
        catch (ApiStatusException refusal) when (!refusal.Status.IsUnreachable)
        {
            IsOutcomeUnknown = false;
            throw;
        }

        IsOutcomeUnknown = false;
        Volatile.Write(ref _renewedAt, begun);
        See(record);
    }

    private LeaderRecord Record(DateTimeOffset? since, int transitions)
    {
        var now = time.GetUtcNow();
        return new LeaderRecord(options.Identity, options.LeaseDuration, since ?? now, now, transitions);
    }

    private void See(LeaderRecord record)
    {
        if (!Sight.See(record) || record.HolderIdentity.Length == 0)
            return;
        if (!Sight.IsOurs)
            Log.AnotherLeads(logger, record.HolderIdentity, Name, options.Identity);
        observer.NewLeader(record.HolderIdentity);
    }
}
