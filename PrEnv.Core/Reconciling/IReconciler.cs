namespace PrEnv.Core.Reconciling;

/// <summary>Brings the actual state in line with the object behind a key. Called for one key by one worker at a time.</summary>
public interface IReconciler<in TKey>
    where TKey : notnull
{
    /// <summary>
    /// Compares the actual state with the desired state, regardless of what changed, and does what is missing. An exception is an error
    /// like
    /// <see cref="ReconcileResult.Failed"/>;
    /// a <see cref="TerminalReconcileException"/> like <see cref="ReconcileResult.FailedForGood"/>.
    /// </summary>
    Task<ReconcileResult> ReconcileAsync(TKey key, CancellationToken cancellationToken);
}
