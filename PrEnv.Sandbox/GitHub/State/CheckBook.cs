namespace PrEnv.Sandbox.GitHub.State;

/// <summary>What CI systems report, written into the state.</summary>
internal sealed class CheckBook(GitHubState state)
{
    /// <summary>
    /// Begins a check, or, with a conclusion, completes it; one that has completed begins again as another attempt.
    /// </summary>
    public (GitHubCheckRun Run, bool IsNew) Put(string owner, string name, string sha, string check, string? conclusion, string app) =>
        state.Change(owner, name, record =>
        {
            var at = record.CheckRuns.FindLastIndex(
                r => r.Sha == sha && r.Name == check && r.App == app && r.Status != "completed");
            var isNew = at < 0;
            var run = (isNew ? new GitHubCheckRun(state.NextId(), sha, check, app, "queued", null, state.Now) : record.CheckRuns[at]) with
            {
                Status = conclusion is null ? isNew ? "queued" : "in_progress" : "completed",
                Conclusion = conclusion,
                CompletedAt = conclusion is null ? null : state.Now,
            };
            if (isNew)
                record.CheckRuns.Add(run);
            else
                record.CheckRuns[at] = run;
            return (run, isNew);
        });

    /// <summary>A commit status of another tool.</summary>
    public PostedStatus Post(string owner, string name, string sha, string context, string verdict) => state.Change(owner, name, record =>
    {
        var posted = new PostedStatus(state.NextId(), sha, verdict, context, null, null, "octocat", state.Now);
        record.Add(posted);
        return posted;
    });
}
