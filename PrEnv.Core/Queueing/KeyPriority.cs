namespace PrEnv.Core.Queueing;

/// <summary>
/// The priorities that keys are added with; the higher one is handed out first. Any number will do, but the queue is made for a handful of
/// different ones.
/// </summary>
public static class KeyPriority
{
    /// <summary>
    /// What nobody waits for: the initial list, a resync, the next look at its regular time. The number is controller-runtime's
    /// (https://github.com/kubernetes-sigs/controller-runtime/blob/main/pkg/handler/eventhandler.go).
    /// </summary>
    public const int Low = -100;

    /// <summary>Something happened. The default.</summary>
    public const int Normal = 0;
}
