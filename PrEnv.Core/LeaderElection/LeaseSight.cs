namespace PrEnv.Core.LeaderElection;

/// <summary>
/// The Lease as this candidate last saw it. Thread-safe.
/// </summary>
/// <remarks>
/// Whether a Lease has expired is determined by our own monotonic clock, from the moment at which we saw it change: the clocks of two
/// machines may differ by any amount if they run at about the same speed.
/// </remarks>
internal sealed class LeaseSight(LeaderElectionOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private LeaderRecord _record = LeaderRecord.Empty;
    private long _at;

    /// <summary>The holder of the Lease as far as we know; empty if there is none.</summary>
    public string Holder => Now.Record.HolderIdentity;

    /// <summary>Do we hold it as far as we know?</summary>
    public bool IsOurs => Holder == options.Identity;

    /// <summary>Time since we last saw the Lease change, when it is ours; else null.</summary>
    public TimeSpan? OwnAge
    {
        get
        {
            // Read the clock first: a thread that is interrupted in between must not mistake a Lease that was renewed meanwhile for an old
            // one.
            var now = time.GetTimestamp();
            var (record, at) = Now;
            return record.HolderIdentity == options.Identity ? time.GetElapsedTime(at, now) : null;
        }
    }

    /// <summary>How long the Lease remains valid; zero or less if it has expired or has no holder.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            var (record, at) = Now;
            if (record.HolderIdentity.Length == 0)
                return TimeSpan.Zero;
            return (record.LeaseDuration > TimeSpan.Zero ? record.LeaseDuration : options.LeaseDuration) - time.GetElapsedTime(at);
        }
    }

    /// <summary>What the Lease says.</summary>
    public LeaderRecord Record => Now.Record;

    private (LeaderRecord Record, long At) Now
    {
        get
        {
            lock (_gate)
                return (_record, _at);
        }
    }

    /// <summary>Records what was read or written. A record that is the same as before does not count as a renewal.</summary>
    /// <returns>Has the holder changed?</returns>
    public bool See(LeaderRecord record)
    {
        lock (_gate)
        {
            if (record == _record)
                return false;
            var isNew = record.HolderIdentity != _record.HolderIdentity;
            (_record, _at) = (record, time.GetTimestamp());
            return isNew;
        }
    }
}
