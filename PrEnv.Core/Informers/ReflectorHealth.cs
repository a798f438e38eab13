using Microsoft.Extensions.Logging;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>Records and reports the outcome of the last list, and delays what follows a failure.</summary>
internal sealed class ReflectorHealth(ReflectorOptions options, TimeProvider time, ILogger logger)
{
    private readonly ReflectorBackoff _backoff = new(options, time);
    private volatile ApiStatus? _lastListFailure;

    public ApiStatus? LastListFailure => _lastListFailure;

    public Action<ApiStatus?>? Changed { get; set; }

    public void ListSucceeded() => Set(null);

    public void ListFailed(ApiStatus status)
    {
        Log.ListFailed(logger, options.Name, status.Code, status.Reason, status.Message);
        Set(status);
        Tell(options.OnFailure, status);
    }

    public void WatchFailed(ApiStatus status)
    {
        Log.WatchFailed(logger, options.Name, status.Code, status.Reason, status.Message);
        Tell(options.OnFailure, status);
    }

    /// <summary>Waits for the back-off, or for as long as the server asks if that is longer and within the limit.</summary>
    public Task PauseAsync(ApiStatus? status, CancellationToken cancellationToken)
    {
        var delay = _backoff.Next();
        if (status is { IsNotFound: true } && delay > options.MissingKindCap)
            delay = options.MissingKindCap;
        if (status?.RetryAfter is { } retryAfter && retryAfter > delay)
            delay = retryAfter < options.RetryAfterCap ? retryAfter : options.RetryAfterCap;
        return Task.Delay(delay, time, cancellationToken);
    }

    private void Set(ApiStatus? status)
    {
        var before = _lastListFailure;
        _lastListFailure = status;
        if (before?.Code != status?.Code || before?.Reason != status?.Reason)
            Tell(Changed, status);
    }

    private void Tell(Action<ApiStatus>? callback, ApiStatus? status)
    {
        try
        {
            callback?.Invoke(status!);
        }
        catch (Exception exception)
        {
            Log.CallbackFailed(logger, exception, options.Name);
        }
    }
}
