namespace PrEnv.Controller.GitHub.Channels;

/// <summary>
/// One at a time, first come first served: GitHub asks for serial requests. <see cref="SemaphoreSlim"/> promises no order, and with it one
/// repository's listing could starve another's.
/// </summary>
internal sealed class CredentialGate
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
                return new Turn(this);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        await using (cancellationToken.UnsafeRegister(Cancel, (turn, cancellationToken)))
        {
            await turn.Task;
        }

        return new Turn(this);
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

    /// <summary>The right to send; disposed of once.</summary>
    internal sealed class Turn(CredentialGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
