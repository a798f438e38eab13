using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Webhooks;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Webhooks;

[CancelAfter(120_000)]
internal sealed class BodyReaderTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(8);

    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task Read_Whole_IsWhatWasSent()
    {
        using var reader = new BodyReader(Timeout, _time);
        using var body = await reader.ReadAsync(new MemoryStream([1, 2, 3]), 3, CancellationToken.None);

        Assert.That(body.Memory.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void Read_EndsEarly_IsAnIOException()
    {
        using var reader = new BodyReader(Timeout, _time);

        Assert.That(async () => await reader.ReadAsync(new MemoryStream([1]), 3, CancellationToken.None), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task Read_Stops_EndsAtTheDeadlineAndFreesItsPlace()
    {
        using var reader = new BodyReader(Timeout, _time);
        var large = Enumerable.Range(0, 2).Select(_ => reader.ReadAsync(new Pipe().Reader.AsStream(), 1024 * 1024, CancellationToken.None))
            .ToArray();
        Assert.That(
            async () => (await reader.ReadAsync(new MemoryStream([1]), 1, CancellationToken.None)).Dispose(), Throws.Nothing,
            "small ones go on beside them");

        _time.Advance(Timeout);

        foreach (var stalled in large)
            Assert.That(async () => await stalled.Soon(), Throws.InstanceOf<TimeoutException>());
        (await reader.ReadAsync(new MemoryStream(new byte[1024 * 1024]), 1024 * 1024, CancellationToken.None).Soon()).Dispose();
    }

    [Test]
    public async Task Read_MoreSmallOnesThanThereArePlaces_WaitsForOne()
    {
        using var reader = new BodyReader(Timeout, _time);
        var taken = new List<BodyReader.Body>();
        for (var i = 0; i < 128; i++)
            taken.Add(await reader.ReadAsync(new MemoryStream([1]), 1, CancellationToken.None));
        var next = reader.ReadAsync(new MemoryStream([1]), 1, CancellationToken.None);
        Assert.That(next.IsCompleted, Is.False);

        taken[0].Dispose();

        (await next.Soon()).Dispose();
        foreach (var body in taken[1..])
            body.Dispose();
    }

    [Test]
    public async Task Read_AfterABodyIsDone_HasItsPlace()
    {
        using var reader = new BodyReader(Timeout, _time);
        var first = await reader.ReadAsync(new MemoryStream(new byte[1024 * 1024]), 1024 * 1024, CancellationToken.None);
        var second = await reader.ReadAsync(new MemoryStream(new byte[1024 * 1024]), 1024 * 1024, CancellationToken.None);
        var third = reader.ReadAsync(new MemoryStream(new byte[1024 * 1024]), 1024 * 1024, CancellationToken.None);
        Assert.That(third.IsCompleted, Is.False);

        first.Dispose();

        (await third.Soon()).Dispose();
        second.Dispose();
    }
}
