namespace PrEnv.Core.Queueing;

/// <summary>
/// The priorities that keys are added with; the higher one is handed out first. Any number is allowed, but the queue is designed for a
/// handful of different ones.
/// </summary>
public static class KeyPriority
{
    /// <summary>
    /// For what is not urgent: the initial list, a resync, the next regular check. The number is controller-runtime's
    /// (https://github.com/kubernetes-sigs/controller-runtime/blob/main/pkg/handler/eventhandler.go).
    /// </summary>
    public const int Low = -100;

    /// <summary>Something happened. The default.</summary>
    public const int Normal = 0;
}
