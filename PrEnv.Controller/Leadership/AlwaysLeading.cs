namespace PrEnv.Controller.Leadership;

/// <summary>Without an election: the user must make sure that no other instance runs.</summary>
internal sealed class AlwaysLeading : ILeadership
{
    public string? Problem => null;

    public bool IsOpen => true;

    public Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stop) => work(CancellationToken.None);
}
