using System.Threading.Channels;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.LeaderElection;

/// <summary>
/// A Lease on a server that a test is in command of: it sees each request, and may refuse it, hold it up or lose the answer.
/// </summary>
internal sealed class FakeLease
{
    private static readonly ApiStatus Conflict = new(409, "Conflict", "the object has been modified");

    private readonly Lock _gate = new();
    private readonly Channel<string> _requests = Channel.CreateUnbounded<string>();
    private readonly Queue<Func<CancellationToken, Task>> _scripts = [];
    private long _version;

    /// <summary>What the Lease says; null when there is none.</summary>
    public LeaderRecord? Record { get; private set; }

    /// <summary>All requests so far: <c>get</c>, <c>create</c> and <c>update</c>, with the holder.</summary>
    public List<string> Log { get; } = [];

    /// <summary>A view of it for one candidate.</summary>
    public ILeaseLock For(string candidate = "me") => new View(this, candidate);

    /// <summary>Called when a request has been answered, before the answer arrives; it may throw, and the answer is lost.</summary>
    public Action Answered { get; set; } = static () => { };

    /// <summary>Somebody writes the Lease; null deletes it.</summary>
    public FakeLease Set(LeaderRecord? record)
    {
        lock (_gate)
            (Record, _version) = (record, _version + 1);
        return this;
    }

    /// <summary>Touches the Lease without changing what it says, as <c>kubectl label</c> does.</summary>
    public FakeLease Touch() => Set(Record);

    /// <summary>What happens at the next request without a script, before it is looked at; it may throw.</summary>
    public FakeLease Then(Func<CancellationToken, Task> script)
    {
        lock (_gate)
            _scripts.Enqueue(script);
        return this;
    }

    /// <summary>The next requests go through.</summary>
    public FakeLease ThenPasses(int times = 1)
    {
        for (var i = 0; i < times; i++)
            Then(static _ => Task.CompletedTask);
        return this;
    }

    /// <summary>The next request is refused.</summary>
    public FakeLease ThenRefuses(int code = 500, string reason = "InternalError") =>
        Then(_ => Task.FromException(new ApiStatusException(new ApiStatus(code, reason, reason))));

    /// <summary>The next request never gets an answer.</summary>
    public FakeLease ThenHangs() => Then(token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));

    /// <summary>The next request that has come.</summary>
    public Task<string> NextAsync() => _requests.Reader.ReadAsync().Soon();

    /// <summary>Reads requests up to this one.</summary>
    public async Task UntilAsync(string request)
    {
        while (await NextAsync() != request)
        {
            // Another one, before it.
        }
    }

    private async Task<T> AnswerAsync<T>(string request, Func<T> answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Func<CancellationToken, Task>? script;
        lock (_gate)
        {
            Log.Add(request);
            _scripts.TryDequeue(out script);
        }

        _requests.Writer.TryWrite(request);
        if (script is not null)
            await script(cancellationToken);
        T given;
        lock (_gate)
            given = answer();
        Answered();
        return given;
    }

    private sealed class View(FakeLease lease, string candidate) : ILeaseLock
    {
        private long _seen;

        public string Name => "here/lease";

        public Task<LeaderRecord?> GetAsync(CancellationToken cancellationToken) => lease.AnswerAsync("get", Read, cancellationToken);

        public Task CreateAsync(LeaderRecord record, CancellationToken cancellationToken) =>
            lease.AnswerAsync(Request("create", record), () => Write(record, lease.Record is null), cancellationToken);

        public Task UpdateAsync(LeaderRecord record, CancellationToken cancellationToken) =>
            lease.AnswerAsync(
                Request("update", record), () => Write(record, lease.Record is not null && _seen == lease._version), cancellationToken);

        private static string Request(string verb, LeaderRecord record) =>
            record.HolderIdentity.Length == 0 ? "release" : $"{verb} {record.HolderIdentity}";

        private LeaderRecord? Read()
        {
            _seen = lease._version;
            return lease.Record;
        }

        private string Write(LeaderRecord record, bool isFine)
        {
            if (!isFine)
                throw new ApiStatusException(Conflict);
            lease.Set(record);
            _seen = lease._version;
            return candidate;
        }
    }
}
