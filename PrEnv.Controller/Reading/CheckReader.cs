using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Checks;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Reading;

/// <summary>Asks how the checks of head commits stand.</summary>
internal sealed class CheckReader(ICheckSource source, TimeProvider time)
{
    // So many failures in a row are GitHub's, not the commits': the others are not made to wait for more of them.
    private const int MostFailures = 2;

    public async Task ReadAsync(
        ImmutableArray<string> heads, EnvironmentSpec spec, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (memory.Listing?.Access is not { } access)
            return;
        var checks = memory.Checks;
        var (failures, problem, failed) = (0, "", "");
        foreach (var head in heads.OrderBy(checks.Failures))
        {
            if (failures >= MostFailures)
            {
                checks.Postpone(head, problem, failed);
                continue;
            }

            var reading = await ReadAsync(access, head, spec.Checks, checks, cancellationToken);
            checks.Note(head, reading, time.GetUtcNow(), spec.Interval);
            (failures, problem, failed) = checks.IsIncomplete(reading) ? (failures + 1, reading.Problem!, head) : (0, "", "");
        }
    }

    // Statuses are read only for what has no check run.
    private async Task<CheckReading> ReadAsync(
        RepositoryAccess access, string head, ImmutableArray<string> names, CheckMemory checks, CancellationToken cancellationToken)
    {
        var problem = checks.RunsRefused(time.GetUtcNow());
        var runs = problem is null
            ? await source.ReadRunsAsync(access, head, names.Length == 1 ? names[0] : null, cancellationToken)
            : new CheckAnswer([]);
        if (runs.Fault?.Kind == GitHubFaultKind.AccessDenied)
            checks.RefuseRuns(runs.Fault.Message, time.GetUtcNow());
        problem ??= runs.Fault?.Message;
        ImmutableArray<CheckResult> found = [.. runs.Results.Where(r => names.Any(name => CheckResult.Is(r, name)))];
        // What is wrong with GitHub would be wrong with the second request too.
        var isDown = runs.Fault is { Kind: not GitHubFaultKind.AccessDenied } && runs.Results.IsEmpty;
        if (isDown || names.All(name => found.Any(r => CheckResult.Is(r, name))) || (problem is null && checks.ExpectsRuns(head)))
            return new CheckReading(found, problem);
        var statuses = await source.ReadStatusesAsync(access, head, cancellationToken);
        return new CheckReading(
            [.. found, .. statuses.Results.Where(r => names.Any(name => CheckResult.Is(r, name)))], problem ?? statuses.Fault?.Message);
    }
}
