namespace PrEnv.Controller.Leadership;

/// <summary>Without an election: whoever starts the process sees to it that there is no other.</summary>
internal sealed class AlwaysLeading : ILeadership
{
    public string? Problem => null;

    public bool IsOpen => true;

    public Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stop) => work(CancellationToken.None);
}
