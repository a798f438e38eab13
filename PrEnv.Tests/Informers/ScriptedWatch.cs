using System.Threading.Channels;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Informers;

/// <summary>The server's end of one watch.</summary>
internal sealed class ScriptedWatch
{
    private readonly Channel<Sent> _events = Channel.CreateUnbounded<Sent>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ApiStatus? Refusal { get; init; }

    public ChannelReader<Sent> Events => _events.Reader;

    public WatchOptions Options { get; private set; } = null!;

    public int TimesOpened { get; private set; }

    public int TimesClosed { get; private set; }

    /// <summary>Completes when the reader has left the stream.</summary>
    public Task Closed => _closed.Task.Soon();

    public void Post(WatchEvent<TestObject> change) => _events.Writer.TryWrite(new Sent(change));

    /// <summary>Completes when the reader has dealt with them all and asks for more.</summary>
    public async Task SendAsync(params WatchEvent<TestObject>[] changes)
    {
        var sent = changes.Select(change => new Sent(change)).ToArray();
        foreach (var item in sent)
            _events.Writer.TryWrite(item);
        foreach (var item in sent)
            await item.Handled.Task.Soon();
    }

    /// <summary>The server ends the stream after what was sent.</summary>
    public void Close() => _events.Writer.TryComplete();

    public void Break(Exception exception) => _events.Writer.TryComplete(exception);

    public void Open(WatchOptions options)
    {
        Options = options;
        TimesOpened++;
    }

    public void Ended()
    {
        TimesClosed++;
        _closed.TrySetResult();
    }

    internal sealed record Sent(WatchEvent<TestObject> Event)
    {
        public TaskCompletionSource Handled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
