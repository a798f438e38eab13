using System.Threading.Channels;
using PrEnv.Core.Informers;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Informers;

/// <summary>Writes down what it is told, as <c>add a 1 initial</c>. May be made to wait or to throw.</summary>
internal sealed class RecordingHandler : IInformerHandler<TestObject>
{
    private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();

    /// <summary>Runs inside each call, before it is written down.</summary>
    public Action<string>? OnCall { get; init; }

    public int Pending => _calls.Reader.Count;

    public Task<string> NextAsync() => _calls.Reader.ReadAsync().Soon();

    public async Task<List<string>> NextAsync(int count)
    {
        var calls = new List<string>();
        while (calls.Count < count)
            calls.Add(await NextAsync());
        return calls;
    }

    public void OnAdded(TestObject item, bool isInInitialList) =>
        Record($"add {item.Metadata.Name} {item.Metadata.ResourceVersion}{(isInInitialList ? " initial" : "")}");

    public void OnUpdated(TestObject old, TestObject item) =>
        Record($"update {item.Metadata.Name} {old.Metadata.ResourceVersion} {item.Metadata.ResourceVersion}");

    public void OnDeleted(Tombstone<TestObject> tombstone) =>
        Record(
            $"delete {tombstone.Key.Name} {tombstone.LastKnown?.Metadata.ResourceVersion}"
            + (tombstone.IsFinalStateUnknown ? " unknown" : ""));

    private void Record(string call)
    {
        OnCall?.Invoke(call);
        _calls.Writer.TryWrite(call);
    }
}
