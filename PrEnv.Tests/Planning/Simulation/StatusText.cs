using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Simulation;

/// <summary>What has changed in a status, for people.</summary>
internal static class StatusText
{
    public static IEnumerable<string> Changes(PREphemeralEnvControllerStatus? before, PREphemeralEnvControllerStatus after)
    {
        var (was, now) = (before?.Condition("Ready"), after.Condition("Ready")!);
        if (was?.Status != now.Status || was.Reason != now.Reason || was.Message != now.Message)
            yield return $"Ready={now.Status} {after.Message}: {now.Message}";
        var rows = (before?.Environments ?? []).ToDictionary(e => e.PrNumber);
        foreach (var row in after.Environments ?? [])
        {
            if (!rows.Remove(row.PrNumber, out var old) || Line(old) != Line(row))
                yield return Line(row);
        }

        foreach (var number in rows.Keys.Order())
            yield return $"row {number} is gone";
        if (before?.EnvironmentsReady != after.EnvironmentsReady || before?.EnvironmentsTotal != after.EnvironmentsTotal
            || before?.OpenPullRequests != after.OpenPullRequests)
        {
            yield return $"{after.OpenPullRequests} open, {after.EnvironmentsTotal} environments, {after.EnvironmentsReady} ready";
        }
    }

    private static string Line(EnvironmentStatus row) =>
        $"row {row.PrNumber} {row.Phase}/{row.Reason} {Sha.Short(row.HeadSha ?? "-")}: {row.Message}";
}
