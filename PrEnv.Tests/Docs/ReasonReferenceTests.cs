using PrEnv.Core.Resources;

namespace PrEnv.Tests.Docs;

/// <summary>The reasons of conditions, rows and events: those of the catalogue, all of them and no others, Flux's own aside.</summary>
public sealed class ReasonReferenceTests
{
    private static readonly string[] Tables = ["| `message` | `Ready` |", "| `reason` | phase |", "| reason | type |"];

    [Test]
    public void Reasons_OfTheReference_AreThoseOfTheCatalogue()
    {
        var documented = Tables.SelectMany(Reference.Table).Where(row => !row[2].StartsWith("Flux's own", StringComparison.Ordinal))
            .SelectMany(row => Reference.Code(row[0])).Distinct(StringComparer.Ordinal);

        Assert.That(documented, Is.EquivalentTo(Reference.Constants(typeof(Reasons))));
    }
}
