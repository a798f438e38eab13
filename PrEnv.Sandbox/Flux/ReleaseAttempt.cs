namespace PrEnv.Sandbox.Flux;

/// <summary>What every attempt leaves in the status, whatever comes of it.</summary>
internal static class ReleaseAttempt
{
    /// <summary>Whose attempt it is: verdicts of Flux belong to this generation.</summary>
    public static StatusEditor Mark(StatusEditor status, HelmReleaseObject asked) => status
        .Set("storageNamespace", asked.StorageNamespace)
        .Set("lastAttemptedGeneration", asked.Generation)
        .Set("lastAttemptedRevision", asked.ChartVersion)
        .Set("lastAttemptedConfigDigest", asked.ValuesDigest);

    /// <summary>Nothing is left to do: the generation that was asked for is observed, even when a newer one is there already.</summary>
    public static Task FinishAsync(ReleaseRun run, CancellationToken cancellationToken) => run.WriteAsync(
        status =>
        {
            status.Remove("Reconciling").Summarize();
            if (run.Asked.DriftDetection is not null)
                status.Condition("Drifted", "False", "NoDriftDetected", "No drift detected against the cluster state");
            Mark(status, run.Asked).Observe(run.Asked.Generation).Echo(run.Asked);
        },
        cancellationToken);
}
