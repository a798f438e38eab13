namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>
/// One at a time, first come first served: GitHub asks for serial requests. <see cref="SemaphoreSlim"/> promises no order, and with it one
/// repository's listing could starve another's. A turn ends after a while even so: what GitHub leaves unanswered must not hold up
/// what it would answer.
/// </summary>
/// <param name="longestTurn">After which the next may go.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class CredentialGate(TimeSpan longestTurn, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private bool _taken;

    /// <summary>Waits for one's turn, which ends when the result is disposed of. Who cancels loses the place and holds up nobody.</summary>
    public async Task<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (!_taken)
            {
                _taken = true;
                return new Turn(this, longestTurn, timeProvider);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        await using (cancellationToken.UnsafeRegister(Cancel, (turn, cancellationToken)))
        {
            await turn.Task;
        }

        return new Turn(this, longestTurn, timeProvider);
    }

    private static void Cancel(object? state)
    {
        var (turn, cancellationToken) = ((TaskCompletionSource, CancellationToken))state!;
        turn.TrySetCanceled(cancellationToken);
    }

    private void Leave()
    {
        lock (_lock)
        {
            // Those who cancelled meanwhile cannot be set any more.
            while (_waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult()) return;
            }

            _taken = false;
        }
    }

    /// <summary>The right to send, until it is disposed of or has lasted too long.</summary>
    internal sealed class Turn : IDisposable
    {
        private readonly CredentialGate _gate;
        private readonly ITimer _limit;
        private int _ended;

        public Turn(CredentialGate gate, TimeSpan longest, TimeProvider timeProvider)
        {
            _gate = gate;
            _limit = timeProvider.CreateTimer(static turn => ((Turn)turn!).End(), this, longest, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _limit.Dispose();
            End();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0) _gate.Leave();
        }
    }
}
