using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>The rows of the last status, by pull request: what has already been reported.</summary>
internal sealed class PreviousRows
{
    private readonly Dictionary<int, EnvironmentStatus> _rows;

    private PreviousRows(Dictionary<int, EnvironmentStatus> rows) => _rows = rows;

    /// <summary>False when the last status had to leave rows out: a missing row then means nothing.</summary>
    public bool AreComplete => _rows.Count < PREphemeralEnvControllerStatus.MaxEnvironments;

    public IEnumerable<EnvironmentStatus> All => _rows.Values;

    public EnvironmentStatus? this[int prNumber] => _rows.GetValueOrDefault(prNumber);

    /// <summary>Since when a pull request has been in a phase for a commit.</summary>
    public static DateTimeOffset Since(EnvironmentDecision decision, EnvironmentStatus? before, DateTimeOffset now) =>
        decision.Since is { } stated ? Timestamp.Truncate(stated)
            : before?.Since is { } since && before.Phase == decision.Phase && before.HeadSha == decision.Sha ? since
            : Timestamp.Truncate(now);

    // A server without the schema keeps what it is given, nulls among it.
    public static PreviousRows Of(Snapshot snapshot)
    {
        var stored = snapshot.Resource.Status?.Environments ?? [];
        var rows = new Dictionary<int, EnvironmentStatus>(stored.Count);
        foreach (var row in stored.OfType<EnvironmentStatus>())
            rows.TryAdd(row.PrNumber, row);
        return new PreviousRows(rows);
    }
}
