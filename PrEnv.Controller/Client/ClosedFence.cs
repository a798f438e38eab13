using PrEnv.Core.LeaderElection;

namespace PrEnv.Controller.Client;

/// <summary>Nothing is written, whatever is asked for.</summary>
internal sealed class ClosedFence : IWriteFence
{
    public bool IsOpen => false;
}
