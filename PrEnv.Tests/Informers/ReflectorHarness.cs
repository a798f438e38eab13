using PrEnv.Core.Informers;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Informers;

/// <summary>A reflector on a scripted server, virtual time and no chance.</summary>
internal sealed class ReflectorHarness : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task? _run;

    public ReflectorHarness(ReflectorOptions? options = null, Func<TestObject, TestObject>? transform = null, bool streaming = false)
    {
        Options = (options ?? new ReflectorOptions()) with { UseStreamingList = streaming, Random = () => Chance };
        Reflector = new Reflector<TestObject>(Server, Store, Options, Clock, Logger, transform);
    }

    public TestClock Clock { get; } = new();

    public ListLogger Logger { get; } = new();

    public ScriptedServer Server { get; } = new();

    public Store<TestObject> Store { get; } = new();

    public ReflectorOptions Options { get; }

    public Reflector<TestObject> Reflector { get; }

    public double Chance { get; set; }

    public IEnumerable<string> Names => Store.List().Select(item => item.Metadata.Name).Order(StringComparer.Ordinal);

    public IEnumerable<string> ListVersions => Server.Lists.Select(list => list.ResourceVersion);

    public ReflectorHarness Start()
    {
        _run = Task.Run(() => Reflector.RunAsync(_stop.Token));
        return this;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        if (_run is not null)
            await _run.Soon();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
