using PrEnv.Core.Model;

namespace PrEnv.Controller.Probing;

/// <summary>Requests an environment's URL once.</summary>
internal interface IProber
{
    /// <summary>
    /// Throws <see cref="OperationCanceledException"/> for the caller's token, and <see cref="Core.Objects.ApiStatusException"/> when the
    /// API server does not answer for a Secret that it needs; nothing else.
    /// </summary>
    Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken);
}
