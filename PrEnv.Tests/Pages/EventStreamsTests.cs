using System.Net;
using PrEnv.Controller.Pages;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Pages;

[CancelAfter(120_000)]
internal sealed class EventStreamsTests
{
    [Test]
    public async Task Events_OfAPageThatIsUpToDate_TellTheNextChange()
    {
        await using var world = await PageWorld.StartAsync();
        using var events = await world.OpenEventsAsync("?since=" + world.Changes.Version);
        await events.ReadLineAsync().Soon();

        world.Add("shop", PageWorld.Row(22));

        Assert.That(await NextAsync(events), Is.EqualTo(world.Changes.Version));
    }

    [Test]
    public async Task Events_OfAPageThatIsOutOfDate_TellItAtOnce()
    {
        await using var world = await PageWorld.StartAsync();
        var seen = world.Changes.Version;
        world.Add("shop", PageWorld.Row(22));

        using var events = await world.OpenEventsAsync("?since=" + seen);

        Assert.That(await NextAsync(events), Is.EqualTo(world.Changes.Version));
    }

    // Of another instance, or of this one before it was restarted.
    [Test]
    public async Task Events_SinceAnUnknownVersion_TellAChange()
    {
        await using var world = await PageWorld.StartAsync();

        using var events = await world.OpenEventsAsync("?since=deadbeef-0");

        Assert.That(await NextAsync(events), Is.EqualTo(world.Changes.Version));
    }

    [Test]
    public async Task Events_OfManyChanges_AreTwoSecondsApart()
    {
        await using var world = await PageWorld.StartAsync();
        using var events = await world.OpenEventsAsync("?since=" + world.Changes.Version);
        await events.ReadLineAsync().Soon();
        world.Changes.Note();
        var first = await NextAsync(events);
        world.Changes.Note();
        world.Changes.Note();
        var second = NextAsync(events);

        // The stream waits by the fake clock, which goes on only now.
        while (!second.IsCompleted)
        {
            world.Time.Advance(EventStreams.MinInterval);
            await Task.Yield();
        }

        Assert.That(await second, Is.EqualTo(world.Changes.Version).And.Not.EqualTo(first));
    }

    [Test]
    public async Task Events_BeyondTheLimit_AreRefused()
    {
        await using var world = await PageWorld.StartAsync();
        var open = new List<StreamReader>();
        for (var i = 0; i < EventStreams.Max; i++)
            open.Add(await world.OpenEventsAsync("?since=" + world.Changes.Version));

        using var answer = await world.SendAsync("/events");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(world.Streams.Open, Is.EqualTo(EventStreams.Max));
        open.ForEach(stream => stream.Dispose());
    }

    [Test]
    public async Task Stop_WithAnOpenStream_EndsIt()
    {
        var world = await PageWorld.StartAsync();
        using var events = await world.OpenEventsAsync("?since=" + world.Changes.Version);
        await events.ReadLineAsync().Soon();

        await world.StopAsync().Soon();

        Assert.That(await events.ReadToEndAsync().Soon(), Is.Empty.Or.EqualTo("\n"));
        await world.DisposeAsync();
    }

    // The version that the next event bears.
    private static async Task<string> NextAsync(StreamReader events)
    {
        while (await events.ReadLineAsync().Soon() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return line["data: ".Length..];
        }

        throw new EndOfStreamException();
    }
}
