using Microsoft.Extensions.Logging;
using PrEnv.Core.Objects;

namespace PrEnv.Core.LeaderElection;

/// <summary>A claim's attempts, each with a time limit, with a log message when one fails.</summary>
internal sealed class LeaseTries(LeaseClaim claim, LeaderElectionOptions options, TimeProvider time, ILogger logger)
{
    // An unreachable cluster or a missing permission is logged once, and not every two seconds.
    private string? _told;

    /// <summary>True if the Lease is ours, false if it is another's, null if that is not known.</summary>
    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    public async Task<bool?> AcquireOrRenewAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var isOurs = await claim.TryAsync(either.Token);
            _told = null;
            return isOurs;
        }
        catch (ApiStatusException failure)
        {
            Tell(failure.Status.Code, failure.Status.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Tell(0, $"no answer within {options.AttemptTimeout.TotalSeconds:0.###} seconds");
        }

        return null;
    }

    /// <summary>Releases the Lease if it is ours. Never throws: one that cannot be released expires on its own.</summary>
    public async Task ReleaseAsync()
    {
        using var timeout = new CancellationTokenSource(options.AttemptTimeout, time);
        try
        {
            if (await claim.ReleaseAsync(timeout.Token))
                Log.Released(logger, options.Identity, claim.Name);
        }
        catch (ApiStatusException failure)
        {
            Log.NotReleased(logger, options.Identity, claim.Name, failure.Status.Code, failure.Status.Message);
        }
        catch (OperationCanceledException)
        {
            Log.NotReleased(logger, options.Identity, claim.Name, 0, "no answer in time");
        }
    }

    private void Tell(int code, string detail)
    {
        Log.AttemptFailed(logger, _told == detail ? LogLevel.Debug : LogLevel.Warning, options.Identity, claim.Name, code, detail);
        _told = detail;
    }
}
