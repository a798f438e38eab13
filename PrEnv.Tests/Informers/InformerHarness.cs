using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Informers;

/// <summary>An informer on a scripted server, virtual time and no chance.</summary>
internal sealed class InformerHarness : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public InformerHarness(ILogger? logger = null, Action<ApiStatus>? onFailure = null, Func<TestObject, TestObject>? transform = null) =>
        Informer = new SharedInformer<TestObject>(
        Server,
        new ReflectorOptions { UseStreamingList = false, Random = () => 0, OnFailure = onFailure },
        Clock,
        logger ?? NullLogger.Instance,
        new Dictionary<string, Func<TestObject, IEnumerable<string>>>(StringComparer.Ordinal) { ["payload"] = item => [item.Payload] },
        transform);

    public TestClock Clock { get; } = new();

    public ScriptedServer Server { get; } = new();

    public SharedInformer<TestObject> Informer { get; }

    public Task? Run { get; private set; }

    public InformerHarness Start()
    {
        Run = Task.Run(() => Informer.RunAsync(_stop.Token));
        return this;
    }

    /// <summary>Starts and waits until it follows a watch.</summary>
    public Task<ScriptedWatch> WatchingAsync() => Start().Server.NextWatchAsync();

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        if (Run is not null)
            await Run.Soon();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
