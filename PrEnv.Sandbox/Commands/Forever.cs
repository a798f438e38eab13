namespace PrEnv.Sandbox.Commands;

/// <summary>Keeps a verb running.</summary>
internal static class Forever
{
    /// <summary>Completes, without an exception, when cancelled: Ctrl+C is how these verbs end.</summary>
    public static async Task UntilAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
