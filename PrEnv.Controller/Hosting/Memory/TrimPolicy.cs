namespace PrEnv.Controller.Hosting.Memory;

/// <summary>
/// Decides when a burst of work is over and was large enough to clean up after: nothing much happens any more, or much less than in the
/// burst, since with many resources something always does. Asked once in each period. Not thread-safe.
/// </summary>
internal sealed class TrimPolicy
{
    /// <summary>Less than this in one period is quiet.</summary>
    public const long Quiet = 1024 * 1024;

    /// <summary>Less than this since the last time is not worth the pause.</summary>
    public const long Worthwhile = 4 * 1024 * 1024;

    /// <summary>A burst allocates at least so many times what is allocated in the period after it.</summary>
    public const int Fall = 8;

    private long _trimmedAt;
    private long _last;
    private long _most;

    /// <param name="allocated">Bytes allocated since the start of the process; never falls.</param>
    public bool ShouldTrim(long allocated)
    {
        var inPeriod = allocated - _last;
        _last = allocated;
        _most = Math.Max(_most, inPeriod);
        var isOver = inPeriod < Quiet || inPeriod <= _most / Fall;
        if (!isOver || allocated - _trimmedAt < Worthwhile)
            return false;
        (_trimmedAt, _most) = (allocated, inPeriod);
        return true;
    }
}
