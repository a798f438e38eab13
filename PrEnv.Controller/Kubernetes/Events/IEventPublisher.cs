using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Events;

/// <summary>Publishes events. Never throws: an event that cannot be written is logged.</summary>
internal interface IEventPublisher
{
    /// <summary>Publishes one event on the resource; a repetition of a recent one becomes its series.</summary>
    Task PublishAsync(PREphemeralEnvController resource, PlannedEvent planned, CancellationToken cancellationToken);
}
