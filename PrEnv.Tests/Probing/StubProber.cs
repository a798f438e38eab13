using System.Threading.Channels;
using PrEnv.Controller.Probing;
using PrEnv.Core.Model;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Probing;

/// <summary>Hands every probe to the test, which answers it when it likes.</summary>
internal sealed class StubProber : IProber
{
    private readonly Channel<Asked> _asked = Channel.CreateUnbounded<Asked>();

    /// <summary>Probes that nobody has looked at yet.</summary>
    public int Waiting => _asked.Reader.Count;

    /// <summary>Answers although it was cancelled, as an answer does that is already on its way.</summary>
    public bool IgnoresCancellation { get; init; }

    public Task<Asked> NextAsync() => _asked.Reader.ReadAsync().Soon();

    public async Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var asked = new Asked(target, cancellationToken);
        _asked.Writer.TryWrite(asked);
        return await asked.Answer.Task.WaitAsync(IgnoresCancellation ? CancellationToken.None : cancellationToken);
    }
}

/// <summary>One probe in progress.</summary>
internal sealed record Asked(ProbeTarget Target, CancellationToken CancellationToken)
{
    public TaskCompletionSource<ProbeResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Succeed() => Answer.SetResult(ProbeResult.Success);

    public void Fail(int code = 503) => Answer.SetResult(new ProbeResult(ProbeOutcome.UnexpectedStatus, $"answered {code}"));
}
