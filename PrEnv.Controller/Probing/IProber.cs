using PrEnv.Core.Model;

namespace PrEnv.Controller.Probing;

/// <summary>Requests an environment's URL once.</summary>
internal interface IProber
{
    /// <summary>Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
    Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken);
}
