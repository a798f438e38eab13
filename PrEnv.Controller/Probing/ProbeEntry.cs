using PrEnv.Core.Model;

namespace PrEnv.Controller.Probing;

/// <summary>One revision of one release. Its properties change under the lock of its <see cref="ProbeResults"/>.</summary>
internal sealed class ProbeEntry : IDisposable
{
    private readonly CancellationTokenSource _dropped = new();

    public ProbeEntry(ProbeTarget target)
    {
        Target = target;
        Observation = new ProbeObservation(target.Revision, Succeeded: false, ConsecutiveFailures: 0, LastFailure: null);
        Dropped = _dropped.Token;
    }

    public ProbeTarget Target { get; set; }

    public ProbeObservation Observation { get; set; }

    /// <summary>Cancelled when the entry is dropped.</summary>
    public CancellationToken Dropped { get; }

    /// <summary>Ends its probe, if one is in progress.</summary>
    public void Dispose()
    {
        _dropped.Cancel();
        _dropped.Dispose();
    }
}
