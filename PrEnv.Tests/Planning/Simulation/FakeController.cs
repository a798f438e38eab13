using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Planning.Simulation;

/// <summary>
/// The shell around the planner, without its threads and sockets: gather, plan, apply, report, publish. What it remembers is lost when it
/// restarts; what it has written is not.
/// </summary>
internal sealed class FakeController(
    PREphemeralEnvController resource, FakeCluster cluster, FakeGitHub github, Func<ProbeTarget, string?> ask)
{
    private Memory _memory = new(ask);
    private (long Generation, PREphemeralEnvControllerSpec Spec, SpecReading Reading)? _checked;

    public PREphemeralEnvController? Resource { get; private set; } = resource;

    public FluxState Flux { get; set; } = FluxState.Synced;

    public ControllerSettings Settings { get; init; } = new();

    /// <summary>What its cache shows; it may lag behind.</summary>
    public Func<ImmutableArray<HelmRelease>> Cache { get; init; } = () => cluster.Releases;

    /// <summary>Since when the clock has not jumped; null: it never has.</summary>
    public DateTimeOffset? ClockSteadySince { get; set; }

    /// <summary>
    /// Before each write to GitHub or the cluster, which it is given: one that throws ends the reconcile there, as a kill or a fence does.
    /// The write may still come later than the process's end.
    /// </summary>
    public Action<PlannedAction?, Action> Fence { get; set; } = (_, _) => { };

    /// <summary>Sees every plan before it is carried out.</summary>
    public Action<Snapshot, Plan> Planned { get; set; } = (_, _) => { };

    /// <summary>Sees every action, and what came of it.</summary>
    public Action<ActionResult> Did { get; set; } = _ => { };

    /// <summary>
    /// What goes wrong with a write; null when nothing does. True: the server did it all the same, and the answer was lost.
    /// </summary>
    public Func<PlannedAction, (ApiStatus Failure, bool Done)?> Fault { get; set; } = _ => null;

    /// <summary>Statuses that GitHub does not take, and why.</summary>
    public Func<CommitStatus, ReportFailure?> Refuses { get; set; } = _ => null;

    /// <summary>Dies between telling GitHub and noting it on the release.</summary>
    public bool DiesAfterPosting { get; set; }

    /// <summary>Did a write fail at the last look? Then the next is not before the back-off is over.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Writes of the resource's status.</summary>
    public int StatusWrites { get; private set; }

    public int Events { get; private set; }

    public DateTimeOffset Due { get; private set; } = DateTimeOffset.MinValue;

    public FakeProber Prober => _memory.Prober;

    public void Change(Func<PREphemeralEnvController, PREphemeralEnvController> change) => Resource = change(Resource!);

    /// <summary>What a user does.</summary>
    public void Edit(Func<PREphemeralEnvControllerSpec, PREphemeralEnvControllerSpec> change) =>
        Change(r => r with { Spec = change(r.Spec), Metadata = r.Metadata with { Generation = r.Metadata.Generation + 1 } });

    /// <summary>A webhook has brought news: the listing is due.</summary>
    public void Announce() => _memory.ListingDue = DateTimeOffset.MinValue;

    public void Restart()
    {
        _memory = new Memory(ask);
        Due = DateTimeOffset.MinValue;
    }

    /// <summary>Once through. Gives what it did and said.</summary>
    public ImmutableArray<string> Reconcile(DateTimeOffset now)
    {
        if (Resource is null)
            return [];
        var log = ImmutableArray.CreateBuilder<string>();
        var snapshot = Gather(now);
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        Planned(snapshot, plan);
        if (plan.Finalizer == FinalizerChange.Add)
            snapshot = snapshot with { Resource = Finalized([PREphemeralEnvController.Finalizer]) };
        if (plan.CommandEffects is { } effects)
            snapshot = snapshot with { Resource = Ordered(effects) };
        if (plan.NotesNamespaces)
        {
            var noted = Annotated(PREphemeralEnvController.NamespacesAnnotation, PREphemeralEnvController.HasNamespaces);
            snapshot = snapshot with { Resource = noted };
        }

        var results = new List<ActionResult>();
        foreach (var action in plan.Actions)
        {
            if (!ActionResults.IsBlocked(action, results))
                results.Add(Run(action, now, log));
        }

        foreach (var answer in plan.Answers)
        {
            _memory.Commands.Remove(answer.Command);
            log.Add($"GitHub <- {(answer.CarriedOut ? "+1" : "confused")} for {answer.Command.Verb} in PR {answer.Command.PrNumber}");
        }

        var failures = Report(snapshot, plan, results, log);
        ReportMore(snapshot, plan, results, log);
        _memory.Prober.Replace([.. plan.Environments.Select(e => e.Probe).OfType<ProbeTarget>()], now);
        Publish(Conclusion.Conclude(snapshot, plan, results, failures), log);
        _memory.Unreported = failures.Select(f => (f.PrNumber, f.What)).ToHashSet();
        _memory.LastFailures = ActionResult.Causes(results);
        _memory.LastCause = plan.Overall.Cause;
        if (plan.Finalizer == FinalizerChange.Remove)
        {
            Resource = null;
            log.Add("the resource is gone");
        }

        var isListed = !plan.KeepsEnvironments && snapshot.Listing is not null;
        Due = Earlier(isListed ? _memory.ListingDue : DateTimeOffset.MaxValue, plan.NextCheck ?? DateTimeOffset.MaxValue);
        HasFailed = results.Any(r => !r.Succeeded);
        if (HasFailed)
            Due = now + TimeSpan.FromSeconds(15);
        return log.ToImmutable();
    }

    private PREphemeralEnvController Finalized(IReadOnlyList<string>? finalizers) =>
        Resource = Resource! with { Metadata = Resource.Metadata with { Finalizers = finalizers } };

    private PREphemeralEnvController Ordered(CommandEffects effects) =>
        Annotated(PREphemeralEnvController.CommandEffectsAnnotation, effects.ToJson());

    private PREphemeralEnvController Annotated(string name, string? value) => Resource = Resource! with
    {
        Metadata = Resource.Metadata with
        {
            Annotations = (Resource.Metadata.Annotations ?? ImmutableDictionary<string, string>.Empty)
                .Where(a => a.Key != name)
                .Concat(value is not null ? [KeyValuePair.Create(name, value)] : [])
                .ToImmutableDictionary(StringComparer.Ordinal),
        },
    };

    private Snapshot Gather(DateTimeOffset now)
    {
        var snapshot = new Snapshot
        {
            Resource = Resource!,
            Spec = Checked(),
            Flux = Flux,
            Now = now,
            Releases = Cache(),
            ClockSteadySince = ClockSteadySince ?? default,
            Unreported = _memory.Unreported,
            LastFailures = _memory.LastFailures,
            LastCause = _memory.LastCause,
        };
        if (snapshot.MayHaveNamespaces || snapshot.Spec.Spec?.Namespace is not null)
            snapshot = snapshot with { Namespaces = Namespaces() };
        var isAtRest = Resource!.Metadata.DeletionTimestamp is not null || Resource.Spec.Suspend == true || Flux != FluxState.Synced;
        if (isAtRest || snapshot.Spec.Spec is not { } spec)
            return snapshot;
        ListIfDue(spec, now);
        snapshot = snapshot with { Listing = _memory.Listing };
        if (EnvironmentReconciler.Questions(snapshot).Listing)
        {
            _memory.ListingDue = now;
            ListIfDue(spec, now);
        }

        snapshot = ReadFiles(snapshot with
        {
            Listing = _memory.Listing,
            Remembered = _memory.Remembered,
            Commands = [.. _memory.Commands],
            HeadSeen = _memory.Heads.ToImmutableDictionary(h => h.Key, h => h.Value.At),
        });
        var questions = EnvironmentReconciler.Questions(snapshot);
        foreach (var number in questions.Reviews.Where(n => !_memory.Reviews.ContainsKey(n)))
            _memory.Reviews[number] = github.ReviewsOf(number);
        snapshot = snapshot with { Reviews = _memory.Reviews.ToImmutableDictionary(), Checks = _memory.Checks.ToImmutableDictionary() };
        foreach (var head in EnvironmentReconciler.Questions(snapshot).Checks)
            _memory.Checks[head] = github.ChecksOf(head);
        snapshot = snapshot with { Checks = _memory.Checks.ToImmutableDictionary() };
        foreach (var number in questions.Confirmations.Where(n => !_memory.Confirmations.ContainsKey(n)))
            _memory.Confirmations[number] = github.StateOf(number);
        var others = questions.Namespaces.Select(cluster.Namespaces.Find).OfType<ClusterNamespace>();
        return snapshot with
        {
            Namespaces = snapshot.Namespaces with { Found = [.. snapshot.Namespaces.Found, .. others] },
            Confirmations = _memory.Confirmations.ToImmutableDictionary(),
            Probes = _memory.Prober.Seen,
            Reported = _memory.Reported.ToImmutableDictionary(StringComparer.Ordinal),
            Overridden = _memory.Overridden.ToImmutableDictionary(StringComparer.Ordinal),
            ReportedWithoutRelease = _memory.Posted.ToImmutableDictionary(),
            Deployments = _memory.Deployments.ToImmutableDictionary(),
            Comments = _memory.Comments.ToImmutableDictionary(),
        };
    }

    // It is dear, and the real one remembers it as well.
    private SpecReading Checked()
    {
        if (_checked is not { } known || known.Generation != Resource!.Metadata.Generation || !ReferenceEquals(known.Spec, Resource.Spec))
            _checked = known = (Resource!.Metadata.Generation, Resource.Spec, SpecReader.Read(Resource, Settings));
        return known.Reading;
    }

    private void ListIfDue(EnvironmentSpec spec, DateTimeOffset now)
    {
        if (_memory.Listing is not null && now < _memory.ListingDue)
            return;
        (_memory.Listing, _memory.ListingDue) = (github.List(now), now + spec.Interval);
        _memory.Confirmations.Clear();
        _memory.Reviews.Clear();
        _memory.Checks.Clear();
        if (_memory.Listing is PullRequestListing.Complete complete)
        {
            _memory.Remembered = _memory.Remembered.SetItems(complete.PullRequests.ToDictionary(p => p.Number));
            foreach (var pr in complete.PullRequests)
            {
                if (!_memory.Heads.TryGetValue(pr.Number, out var head) || head.Sha != pr.HeadSha)
                    _memory.Heads[pr.Number] = (pr.HeadSha, now);
            }

            _memory.RolledOut.RemoveWhere(r => _memory.Heads.Values.All(h => h.Sha != r.Sha));
        }

        if (spec.Commands && github.Away is null)
        {
            _memory.Commands.AddRange(github.Commands);
            github.Commands.Clear();
        }
    }

    private Snapshot ReadFiles(Snapshot snapshot)
    {
        var read = _memory.Files.ToImmutableDictionary();
        foreach (var question in EnvironmentReconciler.Questions(snapshot with { Files = read }).Files)
        {
            var verdict = PathVerdict.Of(question, github.FilesOf(question.PrNumber));
            read = read.Add(question, verdict);
            if (verdict.Match != PathMatch.Unknown)
                _memory.Files.Add(question, verdict);
        }

        return snapshot with { Files = read };
    }

    private NamespaceReading Namespaces() => new()
    {
        Found = cluster.Namespaces.Of(Resource!),
        Overridden = _memory.OverriddenNamespaces.ToImmutableDictionary(StringComparer.Ordinal),
    };

    private ActionResult Run(PlannedAction action, DateTimeOffset now, ImmutableArray<string>.Builder log)
    {
        Fence(action, () => cluster.Arrive(action, now));
        var fault = Fault(action);
        var result = fault is null or { Done: true } ? cluster.Run(action, now) : new ActionResult(action, null, fault.Value.Failure);
        if (fault is { } lost)
            result = result with { Object = null, Failure = lost.Failure };
        if (result.Object is { } written && action is PlannedAction.Apply { OnSuccess: not null } apply
            && ReleaseValues.Read(apply.Desired.Spec).PrSha is { } sha)
        {
            _memory.RolledOut.Add((written.Metadata.Uid, sha));
        }

        if (action is PlannedAction.Apply applied && result.Object is { } answered)
        {
            _memory.Overridden[answered.Metadata.Uid] = Overrides.Of(applied.Desired, answered);
            if (Overrides.NoteOf(applied.Desired, answered) is { } note)
                cluster.Note(answered.Metadata.Uid, OwnerLabels.OverriddenAnnotation, note);
        }

        if (result is { Namespace: { } named })
        {
            var desired = (action as PlannedAction.CreateNamespace)?.Desired ?? ((PlannedAction.UpdateNamespace)action).Desired;
            if (!EnvironmentNamespaces.Drift(desired, named).IsEmpty)
                _memory.OverriddenNamespaces[named.Metadata.Uid] = desired.Fingerprint;
        }

        result = action.IsOnNamespace
            ? ActionResults.OfNamespace(action, result.Namespace, result.Failure)
            : ActionResults.Of(action, result.Object, result.Failure);
        Did(result);
        log.Add(result.Succeeded ? PlanText.Of(action) : $"{PlanText.Of(action)} FAILED: {result.Failure!.Code} {result.Failure.Message}");
        return result;
    }

    private List<ReportFailure> Report(Snapshot snapshot, Plan plan, List<ActionResult> results, ImmutableArray<string>.Builder log)
    {
        var failures = new List<ReportFailure>();
        foreach (var decision in Conclusion.Reportable(plan, results))
        {
            var own = decision.Report!;
            var status = own.Shown ?? own;
            Fence(null, () => github.Post(status));
            if (decision.Release is null)
            {
                if (!status.TellsTheSameAs(github.Latest(status.Sha, status.Context)) && github.Post(status))
                    log.Add($"GitHub <- {PlanText.Of(status)}");
                _memory.Posted[decision.PrNumber] = own;
                continue;
            }

            if (Known(snapshot, results, decision) is not { } release)
                continue;
            if (Refuses(status) is { } refused)
            {
                failures.Add(refused);
            }
            else if ((own.Shown is not null || !_memory.RolledOut.Contains((release.Metadata.Uid, status.Sha)))
                && status.TellsTheSameAs(github.Latest(status.Sha, status.Context)))
            {
                Note(release, own);
            }
            else if (!github.Post(status))
            {
                failures.Add(new ReportFailure(decision.PrNumber, "GitHub is away.", Permanent: false));
            }
            else
            {
                log.Add($"GitHub <- {PlanText.Of(status)}");
                Note(release, own);
            }
        }

        return failures;
    }

    private void ReportMore(Snapshot snapshot, Plan plan, List<ActionResult> results, ImmutableArray<string>.Builder log)
    {
        foreach (var decision in Conclusion.Done(plan, results))
        {
            Fence(null, () => { });
            var release = Known(snapshot, results, decision);
            if (decision.Deployment is { } shown)
            {
                log.Add($"GitHub <- deployment {shown.State.Word()} {Sha.Short(shown.Sha)}{(shown.Url is { } url ? " " + url : "")}");
                var noted = _memory.Deployments[decision.PrNumber] = new ReportedDeployment(decision.PrNumber, shown, null);
                if (release is not null)
                    cluster.Note(release.Metadata.Uid, OwnerLabels.DeploymentAnnotation, noted.ToJson());
            }

            if (decision.Comment is not { } comment)
                continue;
            log.Add($"GitHub <- comment on PR {decision.PrNumber}: {comment.Body.Split('\n')[1]}");
            github.Comments[decision.PrNumber] = comment.Body;
            var written = _memory.Comments[decision.PrNumber] = new ReportedComment(decision.PrNumber, comment.Key);
            if (release is not null)
                cluster.Note(release.Metadata.Uid, OwnerLabels.CommentAnnotation, written.ToJson());
        }
    }

    // As its write or else the cache has shown it: another that bears its name by now is not meant.
    private static HelmRelease? Known(Snapshot snapshot, List<ActionResult> results, EnvironmentDecision decision) =>
        results.Where(r => r.Action.Release == decision.Release).Select(r => r.Object).OfType<HelmRelease>().LastOrDefault()
        ?? snapshot.Releases.FirstOrDefault(r => r.Metadata.Key == decision.Release);

    private void Note(HelmRelease release, CommitStatus status)
    {
        var reported = new ReportedStatus(status, release.Metadata.Generation);
        _memory.Reported[release.Metadata.Uid] = reported;
        _memory.RolledOut.Add((release.Metadata.Uid, status.Sha));
        if (!DiesAfterPosting)
            cluster.Record(release.Metadata.Uid, reported);
    }

    private void Publish(Publication publication, ImmutableArray<string>.Builder log)
    {
        log.AddRange(publication.Events.Select(e => $"event {e.Type} {e.Reason}: {e.Note}"));
        Events += publication.Events.Length;
        var before = Resource!.Status;
        if (before is not null && Json(before) == Json(publication.Status))
            return;
        Fence(null, () => Change(r => r with { Status = publication.Status }));
        StatusWrites++;
        log.AddRange(StatusText.Changes(before, publication.Status));
        Resource = Resource with { Status = publication.Status };
    }

    internal static string Json(PREphemeralEnvControllerStatus status) =>
        JsonSerializer.Serialize(status, ResourceJson.Default.PREphemeralEnvControllerStatus);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed class Memory(Func<ProbeTarget, string?> ask)
    {
        public PullRequestListing? Listing { get; set; }

        public DateTimeOffset ListingDue { get; set; }

        public Dictionary<PathQuestion, PathVerdict> Files { get; } = [];

        public Dictionary<int, PullRequestState> Confirmations { get; } = [];

        public ImmutableDictionary<int, PullRequest> Remembered { get; set; } = ImmutableDictionary<int, PullRequest>.Empty;

        public Dictionary<string, ReportedStatus> Reported { get; } = new(StringComparer.Ordinal);

        public HashSet<(string Uid, string Sha)> RolledOut { get; } = [];

        public Dictionary<string, OverriddenFields> Overridden { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> OverriddenNamespaces { get; } = new(StringComparer.Ordinal);

        public Dictionary<int, ReviewReading> Reviews { get; } = [];

        public Dictionary<string, CheckReading> Checks { get; } = new(StringComparer.Ordinal);

        public Dictionary<int, (string Sha, DateTimeOffset At)> Heads { get; } = [];

        public List<Command> Commands { get; } = [];

        public Dictionary<int, CommitStatus> Posted { get; } = [];

        public IReadOnlySet<(int PrNumber, ReportKind What)>? Unreported { get; set; }

        public IReadOnlyDictionary<int, string>? LastFailures { get; set; }

        public string? LastCause { get; set; }

        public Dictionary<int, ReportedDeployment> Deployments { get; } = [];

        public Dictionary<int, ReportedComment> Comments { get; } = [];

        public FakeProber Prober { get; } = new(ask);
    }
}
