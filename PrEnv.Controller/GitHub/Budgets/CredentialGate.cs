using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>
/// One at a time, first come first served: GitHub asks for serial requests. <see cref="SemaphoreSlim"/> guarantees no order, so that one
/// repository's listing could starve another's. A turn nevertheless ends after a while: requests that GitHub does not answer must not delay
/// those that it would answer.
/// </summary>
/// <param name="longestTurn">After which the next may go.</param>
/// <param name="timeProvider">The clock.</param>
[SuppressMessage(
    "Design", "CA1001",
    Justification =
        "A limiter without waiters holds no resources; gates are shared, and are dropped with their credential's last channel.")]
internal sealed class CredentialGate(TimeSpan longestTurn, TimeProvider timeProvider)
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = 1,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>
    /// Waits for a turn, which ends when the result is disposed of. A cancelled caller loses its place and delays no other.
    /// </summary>
    public async Task<Turn> EnterAsync(CancellationToken cancellationToken) =>
        new(await _limiter.AcquireAsync(1, cancellationToken), longestTurn, timeProvider);

    /// <summary>The right to send, until it is disposed of or has lasted too long.</summary>
    internal sealed class Turn : IDisposable
    {
        private readonly RateLimitLease _lease;
        private readonly ITimer _limit;
        private int _ended;

        public Turn(RateLimitLease lease, TimeSpan longest, TimeProvider timeProvider)
        {
            _lease = lease;
            _limit = timeProvider.CreateTimer(static turn => ((Turn)turn!).End(), this, longest, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _limit.Dispose();
            End();
        }

        // A lease that is disposed of concurrently may return its permit twice.
        private void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
                _lease.Dispose();
        }
    }
}
