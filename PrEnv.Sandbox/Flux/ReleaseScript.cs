namespace PrEnv.Sandbox.Flux;

/// <summary>What shall go wrong with a release.</summary>
internal sealed record ReleaseScript
{
    public static ReleaseScript None { get; } = new();

    /// <summary>helm-controller does not come to it: other releases keep it busy, or it is down.</summary>
    public bool Waits { get; init; }

    /// <summary>Why source-controller cannot package the chart; null when it can.</summary>
    public ChartFault? ChartFault { get; init; }

    /// <summary>So many installs or upgrades fail before Helm has written anything, as when a template cannot be rendered.</summary>
    public int FailRenderings { get; init; }

    /// <summary>So many installs or upgrades fail, each with <see cref="Message"/>.</summary>
    public int FailInstalls { get; init; }

    /// <summary>So many uninstalls fail.</summary>
    public int FailUninstalls { get; init; }

    /// <summary>Installs and upgrades do not end before <c>spec.timeout</c>, or until they are let go.</summary>
    public bool Hangs { get; init; }

    /// <summary>Only that commit (<c>values.prSHA</c>) hangs; null for every one.</summary>
    public string? HangingCommit { get; init; }

    /// <summary>What is installed was changed by hand.</summary>
    public bool Drifted { get; init; }

    /// <summary>Reason of <c>Stalled</c>: helm-controller gives up without trying. Null does not.</summary>
    public string? StalledReason { get; init; }

    /// <summary>Once <c>Ready</c> has been written with this reason, nothing more is written; null never pauses.</summary>
    public string? PausesAfter { get; init; }

    /// <summary>So many times that reason passes without a pause.</summary>
    public int PassesBefore { get; init; }

    public string Message { get; init; } = "";

    public bool HangsAt(string? commit) => Hangs && (HangingCommit is null || HangingCommit == commit);
}
