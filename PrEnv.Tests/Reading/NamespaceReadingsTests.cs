using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Kubernetes.Namespaces;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Reading;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Reading;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class NamespaceReadingsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Mock<INamespaceClient> _client = new();
    private readonly ResourceMemory _memory = new();

    private ImmutableArray<ClusterNamespace> _found = World.Plain.Namespaced().Namespace(22).Namespaces.Found;
    private int _lists;

    [SetUp]
    public void AnswerLists()
    {
        _lists = 0;
        _client.Reset();
        _client.Setup(c => c.ListAsync(It.IsAny<PREphemeralEnvController>(), It.IsAny<CancellationToken>())).ReturnsAsync(() =>
        {
            _lists++;
            return (_found, (ApiStatus?)null);
        });
    }

    [Test]
    public async Task Read_OfAResourceThatUsesNone_AsksNothing()
    {
        Assert.That(await ReadAsync(World.Plain), Is.SameAs(NamespaceReading.None));
        Assert.That(await ReadAsync(World.Plain.Deleted()), Is.SameAs(NamespaceReading.None));
        Assert.That(_lists, Is.Zero);
    }

    [Test]
    public async Task Read_OfAResourceThatHasUsedThem_AsksWhateverItsSpecIsNow()
    {
        var used = World.Plain.Meta(m => m with
        {
            Annotations = ImmutableDictionary<string, string>.Empty.Add(PREphemeralEnvController.NamespacesAnnotation, "true"),
        });

        Assert.That((await ReadAsync(used)).Found, Has.Length.EqualTo(1));
        Assert.That((await ReadAsync(used.Deleted())).Found, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Read_WhileNothingHappens_AsksOncePerMinute()
    {
        for (var i = 0; i < 60; i++)
        {
            await ReadAsync(World.Plain.Namespaced());
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.That(_lists, Is.EqualTo(5), "in five minutes");
    }

    [Test]
    public async Task Read_WhileOneIsBeingDeleted_AsksAgainSoon()
    {
        _found = World.Plain.Namespaced().Namespace(22, n => n.Leaving()).Namespaces.Found;
        await ReadAsync(World.Plain.Namespaced());
        await ReadAsync(World.Plain.Namespaced());
        Assert.That(_lists, Is.EqualTo(1));
        _time.Advance(TimeSpan.FromSeconds(2));
        await ReadAsync(World.Plain.Namespaced());
        Assert.That(_lists, Is.EqualTo(2));
    }

    [Test]
    public async Task Read_AfterAWrite_AsksAgain_AndKnowsWhatDidNotStick()
    {
        var world = World.Plain.Namespaced(n => n with
        {
            Labels = new Dictionary<string, string?>(StringComparer.Ordinal) { ["stage"] = "test" },
        });
        world = world.Open(22).ReleaseIn(22).Namespace(22, n => n.Labelled("stage", "wild"));
        _found = world.Namespaces.Found;
        await ReadAsync(world);
        var plan = world.Plan();
        var update = plan.Actions.OfType<PlannedAction.UpdateNamespace>().Single();
        _memory.Remember(plan, [new ActionResult(update, null, null) { Namespace = _found[0] }], []);

        var reading = await ReadAsync(world);

        Assert.That(_lists, Is.EqualTo(2));
        Assert.That((world with { Namespaces = reading }).Plan().Actions, Is.Empty, "the policy would change it again");
    }

    [Test]
    public async Task Find_ByName_AsksForEachOncePerMinute()
    {
        var other = new ClusterNamespace { Metadata = new ObjectMeta { Name = "pr-23", Uid = "another" } };
        _client.Setup(c => c.FindAsync("pr-23", It.IsAny<CancellationToken>())).ReturnsAsync(new NamespaceResult(other, null));
        _client.Setup(c => c.FindAsync("pr-24", It.IsAny<CancellationToken>())).ReturnsAsync(default(NamespaceResult));
        var readings = new NamespaceReadings(_client.Object, _time);
        for (var i = 0; i < 12; i++)
        {
            var reading = await readings.FindAsync(NamespaceReading.None, ["pr-23", "pr-24"], _memory, CancellationToken.None);
            Assert.That(reading.Found.Single(), Is.SameAs(other));
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        _client.Verify(c => c.FindAsync("pr-23", It.IsAny<CancellationToken>()), Times.Exactly(2));
        _client.Verify(c => c.FindAsync("pr-24", It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Test]
    public async Task Find_Refused_IsTheFailureOfTheReading()
    {
        var refusal = new ApiStatus(403, "Forbidden", "no");
        _client.Setup(c => c.FindAsync("pr-23", It.IsAny<CancellationToken>())).ReturnsAsync(new NamespaceResult(null, refusal));
        var readings = new NamespaceReadings(_client.Object, _time);

        var reading = await readings.FindAsync(NamespaceReading.None, ["pr-23"], _memory, CancellationToken.None);

        Assert.That(reading.Failure, Is.EqualTo(refusal));
    }

    private Task<NamespaceReading> ReadAsync(World world) =>
        new NamespaceReadings(_client.Object, _time).ReadAsync(world.Snapshot(), _memory, CancellationToken.None);
}
