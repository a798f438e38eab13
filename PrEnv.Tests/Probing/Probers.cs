using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;

namespace PrEnv.Tests.Probing;

/// <summary>Makes probers as the process does.</summary>
internal static class Probers
{
    /// <param name="options">Of the process.</param>
    /// <param name="resolver">The DNS.</param>
    /// <param name="time">The clock.</param>
    /// <param name="secrets">The cluster's Secrets; null: it has none.</param>
    public static Prober Create(ControllerOptions options, IHostResolver resolver, TimeProvider time, ISecretReader? secrets = null) =>
        new(
            new ProbeAccess(
                new ProbeClients(Microsoft.Extensions.Options.Options.Create(options), resolver, time), secrets ?? new StubSecrets(), time),
            time);
}
