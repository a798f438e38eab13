using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reconciling;

/// <summary>A loop whose reconciler the test answers, one call after the other.</summary>
internal sealed class ControllerLoopHarness : IReconciler<string>, IReconcileMetrics, IAsyncDisposable
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly Channel<ReconcileResultKind> _results = Channel.CreateUnbounded<ReconcileResultKind>();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();

    public ControllerLoopHarness(ControllerLoopOptions? options = null, Func<CancellationToken, Task>? waitForSync = null)
    {
        Queue = new RateLimitingQueue<string>(
            new ItemExponentialFailureRateLimiter<string>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), Clock);
        Loop = new ControllerLoop<string>(
            Queue, this, waitForSync ?? (_ => Task.CompletedTask), options
            ?? new ControllerLoopOptions(), Clock, NullLogger.Instance, this);
    }

    public TestClock Clock { get; } = new();

    public RateLimitingQueue<string> Queue { get; }

    public ControllerLoop<string> Loop { get; }

    public Task? Run { get; private set; }

    public ConcurrentQueue<string> Counted { get; } = new();

    public ConcurrentQueue<int> ActiveWorkers { get; } = new();

    public int MaxConcurrent { get; private set; }

    public int CallCount { get; private set; }

    public ControllerLoopHarness Start()
    {
        Run = Task.Run(() => Loop.RunAsync(_stop.Token, _abort.Token));
        return this;
    }

    /// <summary>The next reconcile that has begun and waits for its answer.</summary>
    public Task<Call> NextCallAsync() => _calls.Reader.ReadAsync().Soon();

    /// <summary>Answers the next reconcile, and waits until its outcome is in the queue.</summary>
    public async Task AnswerAsync(string key, Func<ReconcileResult> answer)
    {
        var call = await NextCallAsync();
        Assert.That(call.Key, Is.EqualTo(key));
        call.Answer(answer);
        await SettledAsync();
    }

    /// <summary>Waits until one more reconcile has ended and its outcome is in the queue.</summary>
    public Task<ReconcileResultKind> SettledAsync() => _results.Reader.ReadAsync().Soon();

    public Task StopAsync() => _stop.CancelAsync();

    public Task AbortAsync() => _abort.CancelAsync();

    public async Task<ReconcileResult> ReconcileAsync(string key, CancellationToken cancellationToken)
    {
        CallCount++;
        var call = new Call(key, cancellationToken);
        _calls.Writer.TryWrite(call);
        return (await call.Answered.WaitAsync(cancellationToken))();
    }

    public void Reconciled(ReconcileResultKind kind, TimeSpan duration) => Counted.Enqueue($"{kind} {duration.TotalSeconds}");

    public void Failed() => Counted.Enqueue("error");

    public void FailedForGood() => Counted.Enqueue("terminal");

    public void Panicked() => Counted.Enqueue("panic");

    public void TimedOut() => Counted.Enqueue("timeout");

    // The loop reports a worker as idle after it has mapped the outcome to the queue: the signal that the queue is settled.
    public void SetActiveWorkers(int count)
    {
        var before = ActiveWorkers.LastOrDefault();
        ActiveWorkers.Enqueue(count);
        if (count < before)
            _results.Writer.TryWrite(default);
    }

    public void SetMaxConcurrent(int count) => MaxConcurrent = count;

    public async ValueTask DisposeAsync()
    {
        await AbortAsync();
        if (Run is not null)
            await Run.Soon().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Queue.Dispose();
        _stop.Dispose();
        _abort.Dispose();
    }

    internal sealed class Call(string key, CancellationToken cancellationToken)
    {
        private readonly TaskCompletionSource<Func<ReconcileResult>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Key { get; } = key;

        public CancellationToken CancellationToken { get; } = cancellationToken;

        public Task<Func<ReconcileResult>> Answered => _answer.Task;

        public void Answer(Func<ReconcileResult> answer) => _answer.TrySetResult(answer);
    }
}
