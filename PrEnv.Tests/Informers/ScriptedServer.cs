using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Informers;

/// <summary>
/// A server whose answers the test writes beforehand, in order, lists and watches each by themselves. A list beyond the script hangs; a
/// watch beyond it is quiet.
/// </summary>
internal sealed class ScriptedServer : IListWatch<TestObject>
{
    private readonly ConcurrentQueue<Func<ListOptions, ListPage<TestObject>>> _lists = new();
    private readonly Channel<ScriptedWatch> _opened = Channel.CreateUnbounded<ScriptedWatch>();
    private readonly ConcurrentQueue<ScriptedWatch> _watches = new();
    private readonly TaskCompletionSource _listAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<ListOptions> Lists { get; } = new();

    /// <summary>Completes when the first list is asked for.</summary>
    public Task ListAsked => _listAsked.Task;

    public ConcurrentQueue<WatchOptions> Watches { get; } = new();

    public ScriptedServer ThenList(params ListPage<TestObject>[] pages)
    {
        foreach (var page in pages)
            _lists.Enqueue(_ => page);
        return this;
    }

    public ScriptedServer ThenListFails(params ApiStatus[] statuses)
    {
        foreach (var status in statuses)
            _lists.Enqueue(_ => throw new ApiStatusException(status));
        return this;
    }

    public ScriptedServer ThenListThrows(Exception exception)
    {
        _lists.Enqueue(_ => throw exception);
        return this;
    }

    public ScriptedServer ThenWatchFails(params ApiStatus[] statuses)
    {
        foreach (var status in statuses)
            _watches.Enqueue(new ScriptedWatch { Refusal = status });
        return this;
    }

    public ScriptedServer ThenWatchSends(params WatchEvent<TestObject>[] events)
    {
        var watch = new ScriptedWatch();
        foreach (var change in events)
            watch.Post(change);
        watch.Close();
        _watches.Enqueue(watch);
        return this;
    }

    /// <summary>The next watch that the reader opens and that was not refused by the script.</summary>
    public Task<ScriptedWatch> NextWatchAsync() => _opened.Reader.ReadAsync().Soon();

    public async Task<ListPage<TestObject>> ListAsync(ListOptions options, CancellationToken cancellationToken)
    {
        Lists.Enqueue(options);
        _listAsked.TrySetResult();
        if (_lists.TryDequeue(out var answer))
            return answer(options);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("Unreachable: the delay is infinite.");
    }

    public async IAsyncEnumerable<WatchEvent<TestObject>> WatchAsync(
        WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Watches.Enqueue(options);
        if (!_watches.TryDequeue(out var watch))
            watch = new ScriptedWatch();
        watch.Open(options);
        _opened.Writer.TryWrite(watch);
        try
        {
            if (watch.Refusal is { } status)
                throw new ApiStatusException(status);
            await foreach (var sent in watch.Events.ReadAllAsync(cancellationToken))
            {
                yield return sent.Event;

                // The reader is back for the next one: it has dealt with this one.
                sent.Handled.TrySetResult();
            }
        }
        finally
        {
            watch.Ended();
        }
    }
}
