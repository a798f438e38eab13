using PrEnv.Controller.GitHub.Channels;

namespace PrEnv.Tests.GitHub.Channels;

[CancelAfter(30_000)]
internal sealed class CredentialGateTests
{
    [Test]
    public async Task EnterAsync_Taken_WaitsInOrderOfArrival()
    {
        var gate = new CredentialGate();
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
        var gate = new CredentialGate();
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
    public void EnterAsync_AlreadyCancelled_TakesNothing()
    {
        var gate = new CredentialGate();

        Assert.That(
            async () => await gate.EnterAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(gate.EnterAsync(CancellationToken.None).IsCompleted, Is.True);
    }

    [Test]
    public async Task EnterAsync_CancelledAndReleasedAtOnce_LosesNoTurn()
    {
        var gate = new CredentialGate();
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
