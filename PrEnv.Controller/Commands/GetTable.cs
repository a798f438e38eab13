using System.Globalization;
using PrEnv.Controller.Terminal;
using PrEnv.Core.Model;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.Commands;

/// <summary>Environments as a table for people.</summary>
internal static class GetTable
{
    public static IEnumerable<string> Lines(
        IEnumerable<EnvironmentLine> environments, bool allNamespaces, bool isWide, DateTimeOffset now, int? columns, TerminalStyle style)
    {
        List<string> headers = ["RESOURCE", "PR", "COMMIT", "PHASE", "AGE", "URL"];
        if (allNamespaces)
            headers.Insert(0, "NAMESPACE");
        if (isWide)
            headers.AddRange(["REASON", "RELEASE", "EXPIRES"]);
        var table = new TextTable([.. headers, "MESSAGE"]);
        foreach (var line in environments)
        {
            List<TextCell> cells =
            [
                line.Resource, line.PrNumber.ToString(CultureInfo.InvariantCulture), Or(line.HeadSha is { } sha ? Sha.Short(sha) : null),
                new(line.Phase, text => style.Phase(text, line.Phase)), Or(Age.Of(line.Since, now)), Or(line.Url),
            ];
            if (allNamespaces)
                cells.Insert(0, line.Namespace);
            if (isWide)
                cells.AddRange([line.Reason, Or(line.HelmRelease), line.ExpiresAt is { } end ? "in " + Age.Of(end - now) : "-"]);
            table.Add([.. cells, line.Message ?? ""]);
        }

        return table.Lines(isWide ? null : columns, style);
    }

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? "-" : text;
}
