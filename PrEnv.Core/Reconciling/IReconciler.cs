namespace PrEnv.Core.Reconciling;

/// <summary>Makes the world as the object behind a key wants it. Called for one key by one worker at a time.</summary>
public interface IReconciler<in TKey>
    where TKey : notnull
{
    /// <summary>
    /// Looks at what is, not at what changed, and does what is missing. An exception is an error like <see cref="ReconcileResult.Failed"/>;
    /// a <see cref="TerminalReconcileException"/> like <see cref="ReconcileResult.FailedForGood"/>.
    /// </summary>
    Task<ReconcileResult> ReconcileAsync(TKey key, CancellationToken cancellationToken);
}
