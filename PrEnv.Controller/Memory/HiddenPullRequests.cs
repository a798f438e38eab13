using System.Collections.Immutable;

namespace PrEnv.Controller.Memory;

/// <summary>
/// Pull requests that GitHub neither lists nor finds, although they have an environment: it is held, and GitHub is asked less and less
/// often. Not thread-safe.
/// </summary>
internal sealed class HiddenPullRequests
{
    private static readonly ImmutableArray<int> Minutes = [1, 2, 5, 10, 30, 60];

    private readonly Dictionary<int, (int Times, DateTimeOffset Next)> _asked = [];

    /// <summary>Is it too early to ask again?</summary>
    public bool IsResting(int number, DateTimeOffset now) => _asked.TryGetValue(number, out var asked) && now < asked.Next;

    /// <summary>GitHub did not find it.</summary>
    public void Note(int number, DateTimeOffset now)
    {
        var times = _asked.GetValueOrDefault(number).Times;
        _asked[number] = (times + 1, now + TimeSpan.FromMinutes(Minutes[Math.Min(times, Minutes.Length - 1)]));
    }

    /// <summary>Forgets that pull request: GitHub has found it.</summary>
    public void Forget(int number) => _asked.Remove(number);

    /// <summary>Forgets all others.</summary>
    public void Keep(ImmutableArray<int> numbers)
    {
        foreach (var other in _asked.Keys.Except(numbers).ToList())
            _asked.Remove(other);
    }

    /// <summary>Forgets all: they are asked about again at once.</summary>
    public void Clear() => _asked.Clear();
}
