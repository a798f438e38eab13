using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.GitHub.Budgets;

namespace PrEnv.Tests.GitHub.Budgets;

[CancelAfter(120_000)]
internal sealed class CredentialGateTests
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    private FakeTimeProvider _time = null!;

    [SetUp]
    public void SetUp() => _time = new FakeTimeProvider();

    [Test]
    public async Task EnterAsync_Taken_WaitsInOrderOfArrival()
    {
        var gate = new CredentialGate(LongestTurn, _time);
        var order = new List<int>();
        var first = await gate.EnterAsync(CancellationToken.None);
        var others = Enumerable.Range(0, 50).Select(PassAsync).ToArray();
        Assert.That(others.Any(other => other.IsCompleted), Is.False);

        first.Dispose();
        await Task.WhenAll(others);

        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 50)));

        async Task PassAsync(int number)
        {
            using var turn = await gate.EnterAsync(CancellationToken.None);
            order.Add(number);
        }
    }

    [Test]
    public async Task EnterAsync_CancelledWhileWaiting_HoldsUpNobody()
    {
        var gate = new CredentialGate(LongestTurn, _time);
        using var cancellation = new CancellationTokenSource();
        var first = await gate.EnterAsync(CancellationToken.None);
        var cancelled = gate.EnterAsync(cancellation.Token);
        var last = gate.EnterAsync(CancellationToken.None);

        await cancellation.CancelAsync();
        Assert.That(async () => await cancelled, Throws.InstanceOf<OperationCanceledException>());
        first.Dispose();

        (await last).Dispose();
        (await gate.EnterAsync(CancellationToken.None)).Dispose();
    }

    [Test]
    public async Task EnterAsync_TurnLastsTooLong_LetsTheNextOneGoBesideIt()
    {
        var gate = new CredentialGate(LongestTurn, _time);
        var stalled = await gate.EnterAsync(CancellationToken.None);
        var next = gate.EnterAsync(CancellationToken.None);
        var last = gate.EnterAsync(CancellationToken.None);

        _time.Advance(LongestTurn - TimeSpan.FromTicks(1));
        Assert.That(next.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromTicks(1));
        var second = await next;

        // Its end gives nobody a turn: it has none any more.
        stalled.Dispose();
        Assert.That(last.IsCompleted, Is.False);
        second.Dispose();
        (await last).Dispose();
    }

    [Test]
    public void EnterAsync_AlreadyCancelled_TakesNothing()
    {
        var gate = new CredentialGate(LongestTurn, _time);

        Assert.That(
            async () => await gate.EnterAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(gate.EnterAsync(CancellationToken.None).IsCompleted, Is.True);
    }

    [Test]
    public async Task EnterAsync_CancelledAndReleasedAtOnce_LosesNoTurn()
    {
        var gate = new CredentialGate(LongestTurn, _time);
        for (var i = 0; i < 500; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var first = await gate.EnterAsync(CancellationToken.None);
            var waiting = gate.EnterAsync(cancellation.Token);

            await Task.WhenAll(Task.Run(cancellation.Cancel), Task.Run(first.Dispose));

            try
            {
                (await waiting).Dispose();
            }
            catch (OperationCanceledException)
            {
                // Either may win; the gate must be free after both.
            }
        }

        Assert.That(gate.EnterAsync(CancellationToken.None).IsCompletedSuccessfully, Is.True);
    }
}
