namespace PrEnv.Tests.Support;

/// <summary>
/// Waits for signals. The limit is there so that a test that waits in vain fails and does not hang; no busy machine reaches it.
/// </summary>
internal static class Waiting
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Limit);
}
