using System.Globalization;

namespace PrEnv.Tests.Planning.Soak;

/// <summary>One thing that happens, and how long life goes on before the next.</summary>
/// <param name="Act">What.</param>
/// <param name="Number">To which pull request.</param>
/// <param name="Variant">How.</param>
/// <param name="Seconds">For how long time passes afterwards.</param>
internal sealed record SoakStep(SoakAct Act, int Number, int Variant, int Seconds)
{
    private static readonly SoakAct[] Acts = Enum.GetValues<SoakAct>();

    // Life has to go on between the faults.
    private static readonly SoakAct[] Usual = [SoakAct.Open, SoakAct.Open, SoakAct.Push, SoakAct.Close, SoakAct.Wait, SoakAct.Reopen];

    public static SoakStep Of(Random random)
    {
        var act = random.Next(3) == 0 ? Usual[random.Next(Usual.Length)] : Acts[random.Next(Acts.Length)];
        return new SoakStep(act, 1 + random.Next(4), random.Next(8), random.Next(4) == 0 ? random.Next(90) : random.Next(20));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Act} {Number}/{Variant}, then {Seconds} s");
}
