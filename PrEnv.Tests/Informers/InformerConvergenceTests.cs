using CsCheck;
using PrEnv.Core.Informers;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Informers;

/// <summary>
/// Whatever happens to the objects and to the watch, seen or unseen: a handler that believes what it is told ends with the server's state.
/// </summary>
internal sealed class InformerConvergenceTests
{
    private bool _hangs;

    [Test]
    public Task AnyHistory_WatchBreaksAnywhere_HandlerEndsWithTheServersState() =>
        Gen.Select(Gen.Int[0, 5], Gen.Bool, Gen.Bool).Array[0, 12].Array[1, 5].SampleAsync(TryAsync, iter: 150, threads: 1);

    // A history that hangs is reported as it is: to look for a smaller one would hang for hours.
    private async Task TryAsync((int Name, bool Delete, bool Seen)[][] eras)
    {
        if (_hangs)
            return;
        try
        {
            await RunAsync(eras);
        }
        catch (TimeoutException)
        {
            _hangs = true;
            throw;
        }
    }

    // Each era begins with a list. Its changes are seen by the watch or not; then the watch expires.
    private static async Task RunAsync((int Name, bool Delete, bool Seen)[][] eras)
    {
        await using var harness = new InformerHarness();
        var state = new Dictionary<string, TestObject>(StringComparer.Ordinal);
        var version = 10;
        foreach (var era in eras)
        {
            harness.Server.ThenList(Page($"{version}", [.. state.Values]));
            var seen = new List<WatchEvent<TestObject>>();
            var isBroken = false;
            foreach (var (name, delete, isSeen) in era)
            {
                // A watch has no holes: after the first unseen change it sees no other.
                isBroken |= !isSeen;
                if (Change(state, $"o{name}", delete, ++version) is { } change && !isBroken)
                    seen.Add(change);
            }

            harness.Server.ThenWatchSends([.. seen, Error(Statuses.Expired)]);
        }

        harness.Server.ThenList(Page($"{version}", [.. state.Values]));
        var mirror = new Mirror();
        harness.Informer.AddHandler(mirror);
        harness.Start();
        for (var i = 0; i < eras.Length; i++)
        {
            await harness.Clock.SkipPauseAsync();
            await harness.Server.NextWatchAsync();
        }

        var last = await harness.Server.NextWatchAsync();
        await last.SendAsync(Added(Of("end", $"{version + 1}")));
        await mirror.SawEnd.Soon();
        Assert.That(mirror.Objects, Is.EquivalentTo(state));
    }

    private static WatchEvent<TestObject>? Change(Dictionary<string, TestObject> state, string name, bool delete, int version)
    {
        var item = Of(name, $"{version}");
        if (delete)
            return state.Remove(name) ? Deleted(item) : null;
        var isNew = !state.ContainsKey(name);
        state[name] = item;
        return isNew ? Added(item) : Modified(item);
    }

    /// <summary>Believes what it is told, and checks that it makes sense.</summary>
    private sealed class Mirror : IInformerHandler<TestObject>
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Dictionary<string, TestObject> Objects { get; } = new(StringComparer.Ordinal);

        public Task SawEnd => _end.Task;

        public void OnAdded(TestObject item, bool isInInitialList)
        {
            if (item.Metadata.Name == "end")
                _end.TrySetResult();
            else if (!Objects.TryAdd(item.Metadata.Name, item))
                _end.TrySetException(new InvalidOperationException($"{item.Metadata.Name} was added twice"));
        }

        public void OnUpdated(TestObject old, TestObject item)
        {
            if (Objects.GetValueOrDefault(item.Metadata.Name) != old)
                _end.TrySetException(new InvalidOperationException($"{item.Metadata.Name} was another before"));
            Objects[item.Metadata.Name] = item;
        }

        public void OnDeleted(Tombstone<TestObject> tombstone)
        {
            if (!Objects.Remove(tombstone.Key.Name))
                _end.TrySetException(new InvalidOperationException($"{tombstone.Key} was not there"));
        }
    }
}
