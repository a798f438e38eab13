using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.LeaderElection;

/// <summary>
/// Five candidates in any order, with slow and lost answers, refusals, pauses and clocks of different speed: never two who may write.
/// </summary>
internal sealed class SafetyTests
{
    private const int Steps = 400;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Claims_AnyScheduleAndFaults_NeverTwoMayWrite()
    {
        var leaders = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var world = new World(seed);
            for (var step = 0; step < Steps; step++)
                await world.StepAsync();
            leaders += world.Lease.Record?.LeaderTransitions ?? 0;
        }

        Assert.That(leaders, Is.GreaterThan(1000), "there were terms of office to speak of");
    }

    private sealed class World
    {
        private readonly Random _random;
        private readonly TestClock _clock = new();
        private readonly Candidate[] _candidates;
        private readonly int _seed;
        private int _born;

        public World(int seed)
        {
            (_seed, _random) = (seed, new Random(seed));
            _candidates = [.. Enumerable.Range(0, 5).Select(_ => Born())];
            Lease.Answered = () =>
            {
                _clock.Advance(_random.NextDouble() * Second);
                if (_random.Next(8) == 0)
                    throw new ApiStatusException(new ApiStatus(0, "Unreachable", "the answer is lost"));
            };
        }

        public FakeLease Lease { get; } = new();

        public async Task StepAsync()
        {
            // Now and then a long pause for all: of the server, that is.
            _clock.Advance(_random.Next(20) == 0 ? _random.NextDouble() * 20 * Second : _random.NextDouble() * Second);
            Check();
            var index = _random.Next(_candidates.Length);
            var candidate = _candidates[index];
            if (candidate is { Leads: true, MayWrite: false } || _random.Next(100) == 0)
            {
                // It ends, as the elector does past its deadline, or dies; another takes its place.
                if (_random.Next(2) == 0 && candidate.MayWrite)
                    await TryAsync(candidate.ReleaseAsync);
                _candidates[index] = Born();
                return;
            }

            await TryAsync(candidate.TryAsync);
            Check();
        }

        private async Task TryAsync(Func<Task> request)
        {
            if (_random.Next(10) == 0)
                Lease.ThenRefuses();
            try
            {
                await request();
            }
            catch (ApiStatusException)
            {
                // It tries again when its turn comes.
            }
        }

        private void Check()
        {
            var writers = _candidates.Where(c => c.MayWrite).Select(c => c.Name).ToList();
            Assert.That(writers, Has.Count.LessThan(2), $"seed {_seed}");
        }

        private Candidate Born() => new($"candidate-{++_born}", Lease, new UnevenClock(_clock, 0.85 + (0.3 * _random.NextDouble())));
    }

    private sealed class Candidate(string name, FakeLease lease, TimeProvider clock)
    {
        private readonly LeaseClaim _claim =
            new(lease.For(name), ElectorHarness.Defaults(name), clock, new ListLogger(), NullLeadershipObserver.Instance);

        public string Name => name;

        public bool Leads { get; private set; }

        public bool MayWrite => Leads && _claim.Sight.IsOurs && _claim.SinceRenewal < TimeSpan.FromSeconds(10);

        public async Task TryAsync() => Leads = await _claim.TryAsync(CancellationToken.None);

        public async Task ReleaseAsync()
        {
            Leads = false;
            await _claim.ReleaseAsync(CancellationToken.None);
        }
    }

    private sealed class UnevenClock(TimeProvider clock, double speed) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => (long)(clock.GetTimestamp() * speed);
    }
}
