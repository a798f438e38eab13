namespace PrEnv.Tests.Crds;

/// <summary>The table is worth what it covers.</summary>
public sealed class CrdRowsTests
{
    [Test]
    public void Refused_CoversEveryRule()
    {
        var rules = CrdFile.Fields().SelectMany(f => (f.Schema["x-kubernetes-validations"]?.AsArray() ?? [])
            .Select(r => (f.Path, Field: f.Path + r!["fieldPath"], Text: $"{r["message"]} {r["messageExpression"]}")));
        var rows = CrdRows.Refused().Where(r => r.NeedsRules).ToList();

        // What a message expression makes of the manifest comes before its constant part.
        Assert.That(
            rules.Where(
                rule =>
                    !rows.Exists(row => row.Field == rule.Field && rule.Text.Contains(Constant(row.Message!), StringComparison.Ordinal)))
                .Select(rule => $"{rule.Path}: {rule.Text}"),
            Is.Empty);
    }

    [TestCase("pattern")]
    [TestCase("enum")]
    public void Refused_CoversEveryFieldOfTheSpecWith(string keyword)
    {
        var fields = CrdFile.Fields()
            .Where(f => f.Path.StartsWith("spec.", StringComparison.Ordinal) && f.Schema.ContainsKey(keyword))
            // An API server refuses an item under the name of its list.
            .Select(f => f.Path.EndsWith("[]", StringComparison.Ordinal) ? f.Path[..^2] : f.Path);

        Assert.That(fields.Except(CrdRows.Refused().Where(r => !r.NeedsRules).Select(r => r.Field!), StringComparer.Ordinal), Is.Empty);
    }

    private static string Constant(string message) =>
        message.IndexOf(", which is", StringComparison.Ordinal) is var start and >= 0 ? message[start..] : message;
}
