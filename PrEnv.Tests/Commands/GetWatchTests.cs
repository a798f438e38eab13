using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Controller.Commands;
using PrEnv.Controller.Startup;
using PrEnv.Core.Resources;
using PrEnv.Tests.Pages;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Commands;

/// <summary><c>prenv get --watch</c> while something changes.</summary>
[CancelAfter(120_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GetWatchTests : IAsyncDisposable
{
    private const string NoWrap = "\u001b[?7l";

    private const string Wrap = "\u001b[?7h";

    private readonly ObservedWriter _output = new();
    private readonly ObservedWriter _error = new();
    private readonly CancellationTokenSource _interrupt = new();
    private int _version = 10;

    public async ValueTask DisposeAsync()
    {
        _interrupt.Dispose();
        await _output.DisposeAsync();
        await _error.DisposeAsync();
    }

    [Test]
    public async Task Watch_IntoAPipe_WritesALineForEachChange()
    {
        await using var world = await CliWorld.StartAsync();
        world.Add("ctrl", PageWorld.Row(1), PageWorld.Row(2));
        var running = RunAsync(world, null);
        await _output.UntilAsync(text => Lines(text) == 3).Soon();

        await ChangeAsync(world, PageWorld.Row(1), PageWorld.Row(2, EnvironmentPhase.Failed));
        await _output.UntilAsync(text => Lines(text) == 4).Soon();
        await ChangeAsync(world, PageWorld.Row(2, EnvironmentPhase.Failed));
        var text = await _output.UntilAsync(text => Lines(text) == 5).Soon();

        await _interrupt.CancelAsync();
        Assert.That(await running.Soon(), Is.EqualTo(130));
        var lines = text.Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Does.StartWith("RESOURCE"));
            Assert.That(lines[3], Does.Match("^ctrl +2 .* Failed "));
            Assert.That(lines[4], Is.EqualTo("default/ctrl PR 1 is gone"));
            Assert.That(text, Does.Not.Contain('\u001b'));
        });
    }

    [Test]
    public async Task Watch_OnATerminal_RedrawsInPlace_AndLeavesItAsItWas()
    {
        await using var world = await CliWorld.StartAsync();
        world.Add("ctrl", PageWorld.Row(1));
        var running = RunAsync(world, new TerminalSize(40, 10));
        await _output.UntilAsync(text => text.Contains("Ready", StringComparison.Ordinal)).Soon();

        await ChangeAsync(world, PageWorld.Row(1, EnvironmentPhase.Failed));
        await _output.UntilAsync(text => text.Contains("Failed", StringComparison.Ordinal)).Soon();
        await _interrupt.CancelAsync();
        Assert.That(await running.Soon(), Is.EqualTo(130));

        var text = _output.ToString();
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.StartWith(NoWrap + "\u001b[2J\u001b[H").And.EndsWith(Wrap));
            Assert.That(text.Split("\u001b[2J"), Has.Length.EqualTo(2), "it is cleared once");
            Assert.That(text.Split(NoWrap), Has.Length.EqualTo(2));
        });
    }

    [Test]
    public async Task Watch_OfAServerThatGoesAway_SaysSo_AndGoesOn([Values] bool isTerminal)
    {
        await using var world = await CliWorld.StartAsync();
        world.Add("ctrl", PageWorld.Row(1));
        var running = RunAsync(world, isTerminal ? new TerminalSize(120, 10) : null);
        await _output.UntilAsync(text => text.Contains("Ready", StringComparison.Ordinal)).Soon();

        world.IsAway = true;
        world.Watched.Writer.TryWrite("");
        await (isTerminal ? _output : _error).UntilAsync(text => text.Contains("; retrying.", StringComparison.Ordinal)).Soon();
        world.IsAway = false;
        await ChangeAsync(world, PageWorld.Row(1), PageWorld.Row(2, EnvironmentPhase.Held));
        await _output.UntilAsync(text => text.Contains("Held", StringComparison.Ordinal)).Soon();

        await _interrupt.CancelAsync();
        Assert.That(await running.Soon(), Is.EqualTo(130));
    }

    private static int Lines(string text) => text.Count(c => c == '\n');

    // As the watch tells it.
    private async Task ChangeAsync(CliWorld world, params EnvironmentStatus[] rows)
    {
        var resource = world.Add("ctrl", rows);
        resource = resource with
        {
            Metadata = resource.Metadata with { ResourceVersion = (++_version).ToString(CultureInfo.InvariantCulture) },
        };
        var change = new JsonObject
        {
            ["type"] = "MODIFIED",
            ["object"] = JsonSerializer.SerializeToNode(resource, ResourceJson.Default.PREphemeralEnvController),
        };
        await world.Watched.Writer.WriteAsync(change.ToJsonString());
    }

    private Task<int> RunAsync(CliWorld world, TerminalSize? size) => CommandLine.RunAsync(
        world.Arguments("get", "--watch"), Cli.Surroundings with { Terminal = () => size }, _output, _error, _interrupt.Token);
}
