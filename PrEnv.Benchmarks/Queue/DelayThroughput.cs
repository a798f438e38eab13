using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;

namespace PrEnv.Benchmarks.Queue;

/// <summary>The queue, on a clock that jumps over all the delays.</summary>
internal sealed class DelayThroughput : IDisposable
{
    private readonly JumpingClock _clock = new();
    private readonly DelayingQueue<ResourceKey> _queue;
    private readonly ResourceKey[] _keys;
    private readonly TimeSpan[] _delays;

    public DelayThroughput(ResourceKey[] keys, TimeSpan[] delays)
    {
        _keys = keys;
        _delays = delays;
        _queue = new DelayingQueue<ResourceKey>(_clock);
    }

    public Task AddAsync() => Task.Run(Add);

    public Task FireAsync() => Task.Run(Fire);

    private void Add()
    {
        for (var i = 0; i < _keys.Length; i++)
            _queue.AddAfter(_keys[i], _delays[i]);
    }

    private void Fire() => _clock.Jump(TimeSpan.FromDays(1));

    /// <summary>Empties the queue for the next round.</summary>
    public async Task TakeAllAsync()
    {
        var count = _queue.Count;
        if (count != _keys.Length)
            throw new InvalidOperationException($"{count} keys came of {_keys.Length}.");
        while (_queue.Count > 0)
            _queue.Done((await _queue.GetAsync(CancellationToken.None)).Key);
    }

    public void Dispose() => _queue.Dispose();

    /// <summary>The system's clock and what it was put forward; its timer fires when it jumps.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private long _jumped;
        private TimerCallback? _callback;

        public override long GetTimestamp() => base.GetTimestamp() + _jumped;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = callback;
            return base.CreateTimer(static _ => { }, state, dueTime, period);
        }

        public void Jump(TimeSpan by)
        {
            _jumped += (long)(by.TotalSeconds * TimestampFrequency);
            _callback!(null);
        }
    }
}
