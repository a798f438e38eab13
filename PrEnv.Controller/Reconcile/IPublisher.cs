using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reconcile;

/// <summary>Takes over the status and the events of a resource, so that no reconcile waits for them to be written. Thread-safe.</summary>
internal interface IPublisher
{
    /// <summary>The resource as it will be once everything is written that was handed over.</summary>
    PREphemeralEnvController Show(PREphemeralEnvController resource);

    /// <summary>
    /// Takes over what is to be written, and returns at once. False when there was nothing new, and nothing is on its way.
    /// </summary>
    /// <param name="resource">As <see cref="Show"/> gives it.</param>
    /// <param name="publication">What is to be written.</param>
    /// <param name="isLast">The resource goes once this is written: it is written without delay, and the resource is woken
    /// afterwards.</param>
    bool Hand(PREphemeralEnvController resource, Publication publication, bool isLast);

    /// <summary>The resource is gone: drops what was to be written.</summary>
    void Forget(ResourceKey key);
}
