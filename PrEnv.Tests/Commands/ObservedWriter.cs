namespace PrEnv.Tests.Commands;

/// <summary>Output that a test waits for.</summary>
internal sealed class ObservedWriter : StringWriter
{
    private readonly Lock _gate = new();
    private readonly List<(Func<string, bool> Holds, TaskCompletionSource<string> Then)> _waiting = [];

    /// <summary>What has been written, once that holds.</summary>
    public Task<string> UntilAsync(Func<string, bool> holds)
    {
        var then = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _waiting.Add((holds, then));
        Look();
        return then.Task;
    }

    public override Task WriteAsync(string? value)
    {
        lock (_gate)
            Write(value);
        Look();
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(string? value) => WriteAsync(value + "\n");

    private void Look()
    {
        lock (_gate)
        {
            var text = ToString();
            foreach (var waiting in _waiting.Where(w => w.Holds(text)).ToList())
            {
                waiting.Then.TrySetResult(text);
                _waiting.Remove(waiting);
            }
        }
    }
}
