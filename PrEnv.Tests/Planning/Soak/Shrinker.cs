namespace PrEnv.Tests.Planning.Soak;

/// <summary>Makes a failing life as short as it can be and still fail: delta debugging, then the configuration.</summary>
internal static class Shrinker
{
    public static SoakLife Shrink(SoakLife life, Func<SoakLife, bool> fails)
    {
        for (var before = -1; before != life.Steps.Length;)
        {
            before = life.Steps.Length;
            for (var size = Math.Max(1, life.Steps.Length / 2); size >= 1; size /= 2)
                life = Without(life, size, fails);
        }

        for (var bit = 2; bit < 14; bit++)
        {
            var simpler = life with { Setup = life.Setup & ~(1 << bit) };
            if (simpler.Setup != life.Setup && fails(simpler))
                life = simpler;
        }

        return life;
    }

    private static SoakLife Without(SoakLife life, int size, Func<SoakLife, bool> fails)
    {
        for (var at = 0; at < life.Steps.Length;)
        {
            var shorter = life with { Steps = life.Steps.RemoveRange(at, Math.Min(size, life.Steps.Length - at)) };
            if (fails(shorter))
                life = shorter;
            else
                at += size;
        }

        return life;
    }
}
