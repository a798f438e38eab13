using System.Globalization;

namespace PrEnv.Controller.Pages;

/// <summary>
/// Tells open pages that something has changed, not what. Costs nothing while nothing happens, and next to nothing while nobody looks.
/// Thread-safe.
/// </summary>
internal sealed class PageChanges
{
    private readonly Lock _gate = new();

    // Another instance, or this one after a restart, counts from the beginning again.
    private readonly string _process = Guid.NewGuid().ToString("N")[..8];
    private TaskCompletionSource? _next;
    private long _count;

    /// <summary>Names the present state; differs from that of any other time and process.</summary>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"{_process}-{Interlocked.Read(ref _count)}");

    /// <summary>Something has changed.</summary>
    public void Note()
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            _count++;
            (waiting, _next) = (_next, null);
        }

        waiting?.TrySetResult();
    }

    /// <summary>Completes when the present state is another than that.</summary>
    public Task NextAsync(string version)
    {
        lock (_gate)
        {
            return Version == version
                ? (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }
}
