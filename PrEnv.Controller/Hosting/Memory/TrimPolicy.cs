namespace PrEnv.Controller.Hosting.Memory;

/// <summary>
/// Decides when a burst of work is over and was large enough to clean up after. Asked once in each period. Not thread-safe.
/// </summary>
internal sealed class TrimPolicy
{
    /// <summary>Less than this in one period is quiet.</summary>
    public const long Quiet = 1024 * 1024;

    /// <summary>Less than this since the last time is not worth the pause.</summary>
    public const long Worthwhile = 4 * 1024 * 1024;

    private long _trimmedAt;
    private long _last;

    /// <param name="allocated">Bytes allocated since the start of the process; never falls.</param>
    public bool ShouldTrim(long allocated)
    {
        var isQuiet = allocated - _last < Quiet;
        _last = allocated;
        if (!isQuiet || allocated - _trimmedAt < Worthwhile)
            return false;
        _trimmedAt = allocated;
        return true;
    }
}
